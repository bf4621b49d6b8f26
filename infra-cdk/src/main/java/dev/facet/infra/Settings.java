package dev.facet.infra;

import dev.facet.core.embeddings.MatchingRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment may choose. Each setting is a value of the CDK's context ({@code -c
 * name=value}, or under {@code context} in {@code cdk.json}); the defaults fit a new account, which
 * has neither more than 3,008 MB a function nor concurrency to reserve.
 *
 * @param general names and tags
 * @param compute the functions' sizes
 * @param service what the functions are told
 * @param access who comes in, and how
 * @param storage how long things are kept
 */
record Settings(General general, Compute compute, Service service, Access access, Storage storage) {

  /** Every default. */
  static final Settings DEFAULT = from(name -> null);

  /** How {@code /node} is entered. */
  enum NodeAuth {
    /** Signed requests only. */
    SIGV4,
    /** The API key in the body or the header is enough, as with CryptoNets. */
    KEY
  }

  /** What stands before the API. */
  enum Waf {
    /** Nothing. */
    NONE,
    /** A limit of requests by address. */
    RATE,
    /** That, and AWS's common rules. */
    COMMON
  }

  /** The functions' processor. */
  enum Processor {
    /** Intel, AMD. */
    X86_64,
    /** Graviton. */
    ARM64
  }

  /** Reads all of them; what is not there has its default. */
  static Settings from(Function<String, @Nullable Object> values) {
    Context context = new Context(values);
    return new Settings(
        General.from(context),
        Compute.from(context),
        Service.from(context),
        Access.from(context),
        Storage.from(context));
  }

  /** The names of all settings, in their order. */
  static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    from(
        name -> {
          names.add(name);
          return null;
        });
    return names;
  }

  /**
   * Names and tags.
   *
   * @param stackName the stack's name
   * @param tags what every resource is tagged with, beside {@code service=facet}
   * @param alarmTopic ARN of the SNS topic that alarms go to
   */
  record General(String stackName, Map<String, String> tags, Optional<String> alarmTopic) {

    General {
      check(stackName.matches("[A-Za-z][A-Za-z0-9-]{0,127}"), "stackName", stackName);
      alarmTopic.ifPresent(
          topic -> check(topic.matches("arn:[^:]+:sns:[^:]+:[0-9]{12}:.+"), "alarmTopic", topic));
      tags = Map.copyOf(tags);
    }

    private static General from(Context context) {
      return new General(
          context.text("stackName", "Facet"), context.pairs("tags"), context.text("alarmTopic"));
    }
  }

  /**
   * The functions' sizes.
   *
   * @param processor all functions'
   * @param handlerMemory MB of each API function
   * @param faceMemory MB of the face function
   * @param faceStorage MB of the face function's /tmp
   * @param faceConcurrency provisioned environments of the face function; 0 for none
   */
  record Compute(
      Processor processor,
      int handlerMemory,
      int faceMemory,
      int faceStorage,
      int faceConcurrency) {

    Compute {
      check(handlerMemory >= 512 && handlerMemory <= 10_240, "handlerMemory", handlerMemory);
      check(faceMemory >= 2_048 && faceMemory <= 10_240, "faceMemory", faceMemory);
      check(faceStorage >= 512 && faceStorage <= 10_240, "faceStorage", faceStorage);
      check(faceConcurrency >= 0, "faceConcurrency", faceConcurrency);
    }

    private static Compute from(Context context) {
      return new Compute(
          context.choice("processor", Processor.class, Processor.X86_64),
          context.number("handlerMemory", 1_769),
          context.number("faceMemory", 3_008),
          context.number("faceStorage", 1_024),
          context.number("faceConcurrency", 0));
    }
  }

  /**
   * What the functions are told.
   *
   * @param allowOrigins origins of the pages that may read answers
   * @param encryptionFloor the lowest encryption version that {@code /node} accepts
   * @param maxTemplates the largest gallery
   * @param matching {@code /node}'s thresholds, where they are not the built-in ones
   */
  record Service(
      List<String> allowOrigins, int encryptionFloor, int maxTemplates, Optional<String> matching) {

    Service {
      allowOrigins = List.copyOf(allowOrigins);
      check(
          allowOrigins.equals(List.of("*"))
              || allowOrigins.stream().allMatch(o -> o.matches("https?://[A-Za-z0-9.:-]+")),
          "allowOrigins",
          allowOrigins);
      check(encryptionFloor >= 1 && encryptionFloor <= 3, "encryptionFloor", encryptionFloor);
      check(maxTemplates > 0, "maxTemplates", maxTemplates);
      matching.ifPresent(text -> check(isReadable(text), "matching", text));
    }

    private static Service from(Context context) {
      List<String> origins = context.list("allowOrigins");
      return new Service(
          origins.isEmpty() ? List.of("*") : origins,
          context.number("encryptionFloor", 1),
          context.number("maxTemplates", 40_000),
          context.text("matching"));
    }

    /** What the face function could not read would fail each of its requests. */
    private static boolean isReadable(String matching) {
      try {
        MatchingRules.parse(matching);
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }

  /**
   * Who comes in, and how.
   *
   * @param nodeAuth how {@code /node} is entered
   * @param waf what stands before the API
   * @param wafRate requests that one address may send in five minutes
   * @param allowedAccounts other AWS accounts whose principals may call; none: the API has no
   *     policy of its own, and IAM's of this account decide
   * @param productCode of the AWS Marketplace, for the usage plan
   * @param domain a name of one's own
   */
  record Access(
      NodeAuth nodeAuth,
      Waf waf,
      int wafRate,
      List<String> allowedAccounts,
      Optional<String> productCode,
      Optional<Domain> domain) {

    Access {
      allowedAccounts = List.copyOf(allowedAccounts);
      check(wafRate >= 10, "wafRate", wafRate);
      check(
          allowedAccounts.stream().allMatch(account -> account.matches("[0-9]{12}")),
          "allowedAccounts",
          allowedAccounts);
    }

    private static Access from(Context context) {
      NodeAuth nodeAuth = context.choice("nodeAuth", NodeAuth.class, NodeAuth.SIGV4);
      return new Access(
          nodeAuth,
          // without signatures, nothing else keeps one address from guessing keys
          context.choice("waf", Waf.class, nodeAuth == NodeAuth.KEY ? Waf.RATE : Waf.NONE),
          context.number("wafRate", 2_000),
          context.list("allowedAccounts"),
          context.text("productCode"),
          Domain.from(context));
    }
  }

  /**
   * A name of one's own.
   *
   * @param name such as {@code faces.example.com}
   * @param certificate ARN of its certificate, in the stack's Region
   */
  record Domain(String name, String certificate) {

    Domain {
      check(name.matches("([a-z0-9-]+\\.)+[a-z]{2,}"), "domainName", name);
      check(certificate.startsWith("arn:"), "certificateArn", certificate);
    }

    private static Optional<Domain> from(Context context) {
      Optional<String> name = context.text("domainName");
      Optional<String> certificate = context.text("certificateArn");
      check(
          name.isPresent() == certificate.isPresent(),
          "domainName and certificateArn, both or neither",
          "one of them");
      return name.map(n -> new Domain(n, certificate.orElseThrow()));
    }
  }

  /**
   * How long things are kept.
   *
   * @param deletionProtection whether stack and tables refuse to be deleted
   * @param recoveryDays how far the tables' point-in-time recovery reaches back
   * @param imageDays when photos that an application has kept are deleted
   * @param logDays how long logs are kept
   */
  record Storage(boolean deletionProtection, int recoveryDays, int imageDays, int logDays) {

    Storage {
      check(recoveryDays >= 1 && recoveryDays <= 35, "recoveryDays", recoveryDays);
      check(imageDays >= 1, "imageDays", imageDays);
      check(List.of(1, 3, 5, 7, 14, 30, 60, 90, 180, 365).contains(logDays), "logDays", logDays);
    }

    private static Storage from(Context context) {
      return new Storage(
          context.flag("deletionProtection", true),
          context.number("recoveryDays", 7),
          context.number("imageDays", 365),
          context.number("logDays", 30));
    }
  }

  private static void check(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("the setting " + name + " can't be " + value);
    }
  }
}
