package dev.facet.local.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.crypto.Hashes;
import dev.facet.local.http.RawRequest;
import dev.facet.local.sigv4.SignatureClaim.Scope;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that a known caller signed a request for this service and region, and that the signature
 * is valid now.
 *
 * <p>The body's hash is always computed from the body itself, so a signature is never valid for
 * another body; {@code UNSIGNED-PAYLOAD} is refused, as API Gateway refuses it. A replay of the
 * same request during the signature's lifetime is <em>not</em> prevented: the protocol has no
 * nonce.
 */
public final class SignatureVerifier {

  static final String SESSION_TOKEN = "x-amz-security-token";
  private static final String CONTENT_HASH = "x-amz-content-sha256";

  static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * Headers that some signers add after signing. They decide nothing: their values must be those
   * that this verifier knows anyway.
   */
  private static final Set<String> MAY_BE_UNSIGNED = Set.of(CONTENT_HASH, SESSION_TOKEN);

  private static final Pattern PORT = Pattern.compile(":\\d+$");

  private final String region;
  private final String service;
  private final Duration window;
  private final InstantSource clock;
  private final Function<String, Optional<SigningCredentials>> credentials;

  /**
   * @param region the only valid region of a signature, such as {@code ap-southeast-2}
   * @param service the only valid service, such as {@code execute-api}
   * @param window the maximum distance of a signature's time from now, whatever lifetime the
   *     request states
   * @param credentials finds the credentials of an access key id
   */
  public SignatureVerifier(
      String region,
      String service,
      Duration window,
      InstantSource clock,
      Function<String, Optional<SigningCredentials>> credentials) {
    this.region = region;
    this.service = service;
    this.window = window;
    this.clock = clock;
    this.credentials = credentials;
  }

  /**
   * Verifies a request.
   *
   * @return the access key id of the caller
   * @throws SignatureFault if the signature is missing or invalid
   */
  public String verify(RawRequest request) {
    SignatureClaim claim = ClaimReader.parse(request);
    SigningCredentials caller = checkHead(claim, request);
    checkSignature(claim, request, caller);
    return caller.accessKeyId();
  }

  /**
   * Verifies everything but the signature itself, for which the body is needed: a request that
   * fails here fails with any body.
   *
   * @throws SignatureFault if the signature is missing, or can't be valid
   */
  public void verifyHead(RawRequest head) {
    checkHead(ClaimReader.parse(head), head);
  }

  private SigningCredentials checkHead(SignatureClaim claim, RawRequest head) {
    checkSignedHeaders(claim, head);
    SigningCredentials caller =
        credentials.apply(claim.scope().accessKeyId()).orElseThrow(SignatureFault::unrecognised);
    checkToken(caller.sessionToken(), claim.sessionToken());
    head.all(SESSION_TOKEN).forEach(token -> checkToken(caller.sessionToken(), token));
    checkScope(claim);
    checkTime(claim);
    return caller;
  }

  private static void checkSignedHeaders(SignatureClaim claim, RawRequest request) {
    requireSigned("host", claim);
    for (RawRequest.Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-") && !MAY_BE_UNSIGNED.contains(name)) {
        requireSigned(name, claim);
      }
    }
  }

  private static void requireSigned(String name, SignatureClaim claim) {
    if (!claim.signedHeaders().contains(name)) {
      throw SignatureFault.invalid(
          "'%s' must be a 'SignedHeader' in the AWS Authorization.".formatted(name));
    }
  }

  private static void checkToken(@Nullable String known, @Nullable String given) {
    if (known == null ? given != null : given == null || !sameSecret(known, given)) {
      throw SignatureFault.unrecognised();
    }
  }

  private void checkScope(SignatureClaim claim) {
    Scope scope = claim.scope();
    if (!scope.region().equals(region)) {
      throw SignatureFault.invalid(
          "Credential should be scoped to a valid region, not '%s'.".formatted(scope.region()));
    }
    if (!scope.service().equals(service)) {
      throw SignatureFault.invalid(
          "Credential should be scoped to correct service: '%s'.".formatted(service));
    }
    String day = claim.timestamp().substring(0, 8);
    if (!scope.date().equals(day)) {
      throw SignatureFault.invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP:"
              + " '%s' != '%s', from '%s'.".formatted(scope.date(), day, claim.timestamp()));
    }
  }

  private void checkTime(SignatureClaim claim) {
    Instant now = clock.instant();
    Instant signed = parsed(claim.timestamp());
    if (now.isAfter(signed.plus(window))) {
      throw SignatureFault.invalid(
          "Signature expired: %s is now earlier than %s (%s - %s)"
              .formatted(
                  claim.timestamp(),
                  TIMESTAMP.format(now.minus(window)),
                  TIMESTAMP.format(now),
                  words(window)));
    }
    if (signed.isAfter(now.plus(window))) {
      throw SignatureFault.invalid(
          "Signature not yet current: %s is still later than %s (%s + %s)"
              .formatted(
                  claim.timestamp(),
                  TIMESTAMP.format(now.plus(window)),
                  TIMESTAMP.format(now),
                  words(window)));
    }
  }

  private static Instant parsed(String timestamp) {
    try {
      return TIMESTAMP.parse(timestamp, Instant::from);
    } catch (DateTimeException e) {
      throw SignatureFault.incomplete("There is no such time as '%s'.".formatted(timestamp));
    }
  }

  private static String words(Duration duration) {
    return duration.toSecondsPart() == 0
        ? duration.toMinutes() + " min."
        : duration.toSeconds() + " sec.";
  }

  private static void checkSignature(
      SignatureClaim claim, RawRequest request, SigningCredentials caller) {
    String payloadHash = Hashes.sha256Hex(request.body());
    SigningKey key = SigningKey.derive(caller.secretAccessKey(), claim.scope());
    boolean genuine =
        Stream.of(request, withoutPort(request))
            .map(received -> CanonicalRequest.of(received, claim, payloadHash))
            .map(text -> key.sign(claim.timestamp(), claim.scope(), text))
            .anyMatch(signature -> sameSecret(signature, claim.signature()));
    if (!genuine || !request.all(CONTENT_HASH).stream().allMatch(payloadHash::equals)) {
      throw SignatureFault.mismatch();
    }
  }

  /**
   * Returns the request as signed by clients that sign the host's name without its port. A deployed
   * API has no port, so that such clients work there.
   */
  private static RawRequest withoutPort(RawRequest request) {
    List<RawRequest.Header> headers =
        request.headers().stream()
            .map(
                header ->
                    header.name().equalsIgnoreCase("host")
                        ? new RawRequest.Header(
                            header.name(), PORT.matcher(header.value()).replaceFirst(""))
                        : header)
            .toList();
    return new RawRequest(
        request.method(), request.path(), request.query(), headers, request.body());
  }

  /** Compares in constant time, so that the time does not reveal where the texts differ. */
  private static boolean sameSecret(String known, String given) {
    return MessageDigest.isEqual(known.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
