package dev.facet.infra;

import dev.facet.aws.faces.FaceMemory;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.spec.ApiSpecification;
import dev.facet.spec.NodeAuth;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a deployment. Each is a value of the CDK's context ({@code -c name=value}, or
 * under {@code context} in {@code cdk.json}). The defaults fit a new account, which allows at most
 * 3,008 MB per function and has no concurrency to reserve.
 *
 * @param general names and tags
 * @param compute the functions' sizes
 * @param service the functions' configuration
 * @param access authentication and access control
 * @param storage retention and deletion protection
 */
record DeploymentSettings(
    General general, Compute compute, Service service, Access access, Storage storage) {

  /** Asia Pacific (New Zealand) and Asia Pacific (Taipei). */
  private static final Set<String> WITHOUT_SNAP_START = Set.of("ap-southeast-6", "ap-east-2");

  /** All settings at their defaults. */
  static final DeploymentSettings DEFAULT = from(name -> null);

  /** The protection by AWS WAF. */
  enum Waf {
    /** No WAF. */
    NONE,
    /** A rate limit by IP address. */
    RATE,
    /** The rate limit, and AWS's common rules. */
    COMMON
  }

  /** The functions' processor. */
  enum Processor {
    /** Intel, AMD. */
    X86_64,
    /** Graviton. */
    ARM64
  }

  /** Reads all settings; a missing one has its default. */
  static DeploymentSettings from(Function<String, @Nullable Object> values) {
    ContextReader context = new ContextReader(values);
    return new DeploymentSettings(
        General.from(context),
        Compute.from(context),
        Service.from(context),
        Access.from(context),
        Storage.from(context));
  }

  /**
   * Checks that the stack can run in a Region.
   *
   * @throws IllegalArgumentException if not
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Regions of
   *     SnapStart</a>
   */
  static void checkRegion(String region) {
    if (WITHOUT_SNAP_START.contains(region)) {
      throw new IllegalArgumentException(
          "The Region %s has no SnapStart for Java, which the functions need; deploy to another one"
              .formatted(region));
    }
    if (region.startsWith("cn-")) {
      throw new IllegalArgumentException(
          "The Region %s has service names that the roles do not know; deploy to another one"
              .formatted(region));
    }
  }

  /** Returns the names of all settings, in order. */
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
   * @param tags the tags of every resource, in addition to {@code service=facet}
   * @param alarmTopic the ARN of another SNS topic that receives alarms
   * @param alarmEmail the address that receives alarms
   */
  record General(
      String stackName,
      Map<String, String> tags,
      Optional<String> alarmTopic,
      Optional<String> alarmEmail) {

    General {
      check(stackName.matches("[A-Za-z][A-Za-z0-9-]{0,127}"), "stackName", stackName);
      alarmTopic.ifPresent(
          topic -> check(topic.matches("arn:[^:]+:sns:[^:]+:[0-9]{12}:.+"), "alarmTopic", topic));
      alarmEmail.ifPresent(
          address -> check(address.matches("[^@\\s]+@[^@\\s]+"), "alarmEmail", address));
      tags = Map.copyOf(tags);
    }

    private static General from(ContextReader context) {
      return new General(
          context.text("stackName", "Facet"),
          context.pairs("tags"),
          context.text("alarmTopic"),
          context.text("alarmEmail"));
    }
  }

  /**
   * The functions' sizes.
   *
   * @param processor the processor of all functions
   * @param handlerMemory the memory of each API function in MB
   * @param faceMemory the memory of the face function in MB
   * @param faceStorage the size of the face function's /tmp in MB
   * @param accountConcurrency the account's quota of concurrent executions in the Region
   * @param faceReserved environments that only the face function may use, and its maximum; 0 for
   *     none
   * @param faceConcurrency provisioned environments of the face function; 0 for none
   * @param faceSnapStart whether the face function is restored from a snapshot; excludes {@code
   *     faceConcurrency}
   * @param faceBaseImage the base image of the face function, with a digest, in place of the tag in
   *     the Dockerfile
   */
  record Compute(
      Processor processor,
      int handlerMemory,
      int faceMemory,
      int faceStorage,
      int accountConcurrency,
      int faceReserved,
      int faceConcurrency,
      boolean faceSnapStart,
      Optional<String> faceBaseImage) {

    /** AWS leaves so many environments to the functions without a reservation. */
    private static final int UNRESERVED = 100;

    private static final int MAX_SNAPSHOT_STORAGE = 512;

    Compute {
      check(handlerMemory >= 512 && handlerMemory <= 10_240, "handlerMemory", handlerMemory);
      check(
          faceMemory >= FaceMemory.MIN_MEBIBYTES && faceMemory <= 10_240, "faceMemory", faceMemory);
      check(faceStorage >= 512 && faceStorage <= 10_240, "faceStorage", faceStorage);
      check(accountConcurrency >= 1, "accountConcurrency", accountConcurrency);
      check(faceReserved >= 0, "faceReserved", faceReserved);
      check(faceConcurrency >= 0, "faceConcurrency", faceConcurrency);
      checkConcurrency(accountConcurrency, faceReserved + faceConcurrency);
      if (faceSnapStart && faceConcurrency > 0) {
        throw new IllegalArgumentException(
            "faceSnapStart and faceConcurrency exclude each other, since Lambda does not provision"
                + " environments from snapshots; set faceConcurrency to 0");
      }
      if (faceSnapStart && faceStorage > MAX_SNAPSHOT_STORAGE) {
        throw new IllegalArgumentException(
            "faceSnapStart needs faceStorage %d, the most that Lambda restores from a snapshot"
                .formatted(MAX_SNAPSHOT_STORAGE));
      }
      faceBaseImage.ifPresent(
          image -> check(image.matches("[^@\\s]+@sha256:[0-9a-f]{64}"), "faceBaseImage", image));
    }

    private static void checkConcurrency(int account, int taken) {
      if (taken > 0 && taken > account - UNRESERVED) {
        throw new IllegalArgumentException(
            "faceReserved and faceConcurrency are %d in sum, and accountConcurrency is %d, of which"
                    .formatted(taken, account)
                + " AWS keeps 100 unreserved; raise the quota of concurrent executions, then set"
                + " accountConcurrency to it");
      }
      if (QueueGrants.MAX_WORKERS > account / 2) {
        throw new IllegalArgumentException(
            "accountConcurrency is %d, and the queue's %d workers may take half of it at most"
                .formatted(account, QueueGrants.MAX_WORKERS));
      }
    }

    private static Compute from(ContextReader context) {
      return new Compute(
          context.choice("processor", Processor.class, Processor.X86_64),
          context.number("handlerMemory", 1_769),
          context.number("faceMemory", 3_008),
          context.number("faceStorage", 1_024),
          context.number("accountConcurrency", 10),
          context.number("faceReserved", 0),
          context.number("faceConcurrency", 0),
          context.flag("faceSnapStart", false),
          context.text("faceBaseImage"));
    }
  }

  /**
   * The functions' configuration.
   *
   * @param allowOrigins the origins of pages that may read responses
   * @param encryptionFloor the lowest encryption version that {@code /node} accepts, 0 for none
   * @param maxTemplates the maximum size of a gallery
   * @param matching the thresholds of {@code /node} that differ from the built-in ones
   * @param bundles the ids of the model bundles that the face function serves, first that of new
   *     galleries
   */
  record Service(
      List<String> allowOrigins,
      int encryptionFloor,
      int maxTemplates,
      Optional<String> matching,
      List<String> bundles) {

    Service {
      allowOrigins = List.copyOf(allowOrigins);
      check(
          allowOrigins.equals(List.of("*"))
              || allowOrigins.stream().allMatch(o -> o.matches("https?://[A-Za-z0-9.:-]+")),
          "allowOrigins",
          allowOrigins);
      check(encryptionFloor >= 0 && encryptionFloor <= 3, "encryptionFloor", encryptionFloor);
      check(maxTemplates > 0, "maxTemplates", maxTemplates);
      matching.ifPresent(text -> check(isReadable(text), "matching", text));
      bundles = List.copyOf(bundles);
    }

    private static Service from(ContextReader context) {
      List<String> origins = context.list("allowOrigins");
      return new Service(
          origins.isEmpty() ? List.of("*") : origins,
          context.number("encryptionFloor", 0),
          context.number("maxTemplates", 40_000),
          context.text("matching"),
          PublishedBundles.checked(context.list("bundles"), context.list("dropBundle")));
    }

    /** Returns whether the face function can read the text; otherwise every request would fail. */
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
   * Authentication and access control.
   *
   * @param nodeAuth the authentication of {@code /node}
   * @param waf the protection by AWS WAF
   * @param wafRate the maximum number of requests from one address in five minutes
   * @param allowedAccounts other AWS accounts with principals that may call; if empty, the API has
   *     no policy and this account's IAM policies decide
   * @param productCode the AWS Marketplace product code of the usage plan
   * @param domain the custom domain
   * @param tls the lowest version of TLS that the API accepts
   * @param repair whether a function repairs interrupted changes of API keys every hour; it can
   *     read the values of all API keys of the account
   */
  record Access(
      NodeAuth nodeAuth,
      Waf waf,
      int wafRate,
      List<String> allowedAccounts,
      Optional<String> productCode,
      Optional<Domain> domain,
      Tls tls,
      boolean repair) {

    Access {
      allowedAccounts = List.copyOf(allowedAccounts);
      check(wafRate >= 10, "wafRate", wafRate);
      check(
          allowedAccounts.stream().allMatch(account -> account.matches("[0-9]{12}")),
          "allowedAccounts",
          allowedAccounts);
    }

    private static Access from(ContextReader context) {
      NodeAuth nodeAuth = context.choice("nodeAuth", NodeAuth.class, NodeAuth.SIGV4);
      return new Access(
          nodeAuth,
          // without signatures, only a rate limit keeps one address from guessing keys
          context.choice("waf", Waf.class, nodeAuth == NodeAuth.KEY ? Waf.RATE : Waf.NONE),
          context.number("wafRate", requestsOfPlan()),
          context.list("allowedAccounts"),
          context.text("productCode"),
          Domain.from(context),
          Tls.from(context),
          context.flag("repair", true));
    }
  }

  /** Returns the requests that the default plan of one client allows in five minutes. */
  private static int requestsOfPlan() {
    return (int) Math.ceil(300 * ApiSpecification.bundled().usagePlan().rate());
  }

  /** The lowest version of TLS that the API accepts. */
  enum Tls {
    V1_2("1.2"),
    V1_3("1.3");

    private final String version;

    Tls(String version) {
      this.version = version;
    }

    private static Tls from(ContextReader context) {
      String version = context.text("tls", V1_2.version);
      return Arrays.stream(values())
          .filter(tls -> tls.version.equals(version))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("the setting tls is 1.2 or 1.3"));
    }
  }

  /**
   * A custom domain.
   *
   * @param name such as {@code faces.example.com}
   * @param certificate the ARN of its certificate, in the stack's Region
   */
  record Domain(String name, String certificate) {

    Domain {
      check(name.matches("([a-z0-9-]+\\.)+[a-z]{2,}"), "domainName", name);
      check(certificate.startsWith("arn:"), "certificateArn", certificate);
    }

    private static Optional<Domain> from(ContextReader context) {
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
   * Retention and deletion protection.
   *
   * @param deletionProtection whether the stack and the tables refuse deletion
   * @param recoveryDays the period of the tables' point-in-time recovery in days
   * @param imageDays the age in days at which kept photos are deleted
   * @param logDays the retention of logs in days
   * @param adopted existing stores to use
   * @param audit whether CloudTrail records every access to photos and items
   */
  record Storage(
      boolean deletionProtection,
      int recoveryDays,
      int imageDays,
      int logDays,
      Adopted adopted,
      boolean audit) {

    Storage {
      check(recoveryDays >= 1 && recoveryDays <= 35, "recoveryDays", recoveryDays);
      check(imageDays >= 1, "imageDays", imageDays);
      check(List.of(1, 3, 5, 7, 14, 30, 60, 90, 180, 365).contains(logDays), "logDays", logDays);
    }

    private static Storage from(ContextReader context) {
      return new Storage(
          context.flag("deletionProtection", true),
          context.number("recoveryDays", 7),
          context.number("imageDays", 365),
          context.number("logDays", 30),
          Adopted.from(context),
          context.flag("audit", false));
    }
  }

  /**
   * Existing stores, which are used instead of new ones: those of a restore, or of a stack that was
   * deleted.
   *
   * @param dataTable the name of the data table; requests are admitted after a restore
   * @param keysTable the name of the table of key records
   * @param ledgerTable the name of the table of deletions
   * @param imagesBucket the name of the bucket of photos
   * @param storesKey the ARN of the KMS key that encrypts them
   */
  record Adopted(
      Optional<String> dataTable,
      Optional<String> keysTable,
      Optional<String> ledgerTable,
      Optional<String> imagesBucket,
      Optional<String> storesKey) {

    Adopted {
      checkTable("dataTable", dataTable);
      checkTable("keysTable", keysTable);
      checkTable("ledgerTable", ledgerTable);
      imagesBucket.ifPresent(name -> check(name.matches("[a-z0-9.-]{3,63}"), "imagesBucket", name));
      storesKey.ifPresent(
          key ->
              check(
                  key.matches("arn:[^:]+:kms:[^:]+:[0-9]{12}:key/[A-Za-z0-9-]+"),
                  "storesKey",
                  key));
    }

    private static void checkTable(String setting, Optional<String> table) {
      table.ifPresent(name -> check(name.matches("[A-Za-z0-9_.-]{3,255}"), setting, name));
    }

    private static Adopted from(ContextReader context) {
      return new Adopted(
          context.text("dataTable"),
          context.text("keysTable"),
          context.text("ledgerTable"),
          context.text("imagesBucket"),
          context.text("storesKey"));
    }
  }

  private static void check(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("the setting " + name + " can't be " + value);
    }
  }
}
