package dev.facet.local.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.facet.core.crypto.Hashes;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.local.sigv4.SignatureFault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSignatureType;

class SignatureVerifierTest {

  private static final Instant SIGNED = Instant.parse("2026-03-01T12:00:00Z");
  private static final SigningCredentials CALLER =
      new SigningCredentials("AKIDCALLER", "correct-horse", null);
  private static final RawRequest REQUEST =
      new RawRequest(
          "POST",
          "/v1/face/search",
          "",
          List.of(new Header("host", "127.0.0.1:8080")),
          "{\"probe\":\"x\"}".getBytes(UTF_8));

  @Test
  void a_request_without_a_signature_is_missing_one() {
    refused(REQUEST, SIGNED, Kind.MISSING, "Missing Authentication Token");
  }

  @Test
  void an_authorization_of_another_kind_is_incomplete() {
    refused(
        with(REQUEST, "authorization", "Bearer abc"),
        SIGNED,
        Kind.INCOMPLETE,
        "Authorization header requires the algorithm 'AWS4-HMAC-SHA256'.");
  }

  @Test
  void an_incomplete_authorization_says_every_part_that_is_missing() {
    refused(
        with(REQUEST, "authorization", "AWS4-HMAC-SHA256 SignedHeaders=host"),
        SIGNED,
        Kind.INCOMPLETE,
        "Authorization header requires 'Credential' parameter. Authorization header requires"
            + " 'Signature' parameter. Authorization header requires existence of either a"
            + " 'X-Amz-Date' or a 'Date' header.");
  }

  @Test
  void an_incomplete_query_string_says_every_part_that_is_missing() {
    RawRequest request =
        new RawRequest("GET", "/", "X-Amz-Signature=00&X-Amz-Date=x", List.of(), new byte[0]);
    refused(
        request,
        SIGNED,
        Kind.INCOMPLETE,
        "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters"
            + " must include 'X-Amz-Credential'. AWS query-string parameters must include"
            + " 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.");
  }

  @Test
  void a_signature_counts_for_five_minutes() {
    assertThat(verifier(SIGNED.plusSeconds(300)).verify(signed())).isEqualTo("AKIDCALLER");
    refused(
        signed(),
        SIGNED.plusSeconds(301),
        Kind.INVALID,
        "Signature expired: 20260301T120000Z is now earlier than 20260301T120001Z (20260301T120501Z"
            + " - 5 min.)");
  }

  @Test
  void a_signature_of_the_future_does_not_count_yet() {
    assertThat(verifier(SIGNED.minusSeconds(300)).verify(signed())).isEqualTo("AKIDCALLER");
    refused(
        signed(),
        SIGNED.minusSeconds(301),
        Kind.INVALID,
        "Signature not yet current: 20260301T120000Z is still later than 20260301T115959Z"
            + " (20260301T115459Z + 5 min.)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 300, 604_800})
  void a_query_string_signature_counts_for_five_minutes_whatever_it_says(int seconds) {
    RawRequest request =
        signer()
            .expiring(seconds)
            .sign(REQUEST, CALLER, AwsSignatureType.HTTP_REQUEST_VIA_QUERY_PARAMS);
    assertThat(verifier(SIGNED.plusSeconds(300)).verify(request)).isEqualTo("AKIDCALLER");
    refused(request, SIGNED.plusSeconds(301), Kind.INVALID, "Signature expired");
    RawRequest stretched =
        changed(request, query -> query.replace("Expires=" + seconds, "Expires=600000"));
    refused(stretched, SIGNED, Kind.INVALID, "does not match");
  }

  @Test
  void a_body_hash_that_is_not_signed_must_be_the_bodys() {
    RawRequest genuine = signedWithoutBodyHash();
    String hash = Hashes.sha256Hex(REQUEST.body());
    assertThat(verifier(SIGNED).verify(with(genuine, "X-Amz-Content-Sha256", hash)))
        .isEqualTo("AKIDCALLER");
    for (String other : List.of("UNSIGNED-PAYLOAD", "", Hashes.sha256Hex(new byte[1]))) {
      refused(with(genuine, "X-Amz-Content-Sha256", other), SIGNED, Kind.INVALID, "does not match");
      refused(
          with(with(genuine, "X-Amz-Content-Sha256", hash), "X-Amz-Content-Sha256", other),
          SIGNED,
          Kind.INVALID,
          "does not match");
    }
  }

  @Test
  void a_session_token_that_is_not_signed_must_be_the_credentials() {
    SigningCredentials session = new SigningCredentials("AKIDCALLER", "correct-horse", "token");
    SignatureVerifier verifier =
        new SignatureVerifier(
            "ap-southeast-2",
            "execute-api",
            Duration.ofMinutes(5),
            InstantSource.fixed(SIGNED),
            id -> Optional.of(session));
    RawRequest genuine = signed(); // with the session's secret, before the token was added
    assertThat(verifier.verify(with(genuine, "X-Amz-Security-Token", "token")))
        .isEqualTo("AKIDCALLER");
    for (RawRequest forged :
        List.of(
            genuine,
            with(genuine, "X-Amz-Security-Token", "other"),
            with(
                with(genuine, "X-Amz-Security-Token", "token"), "X-Amz-Security-Token", "other"))) {
      SignatureFault fault =
          catchThrowableOfType(SignatureFault.class, () -> verifier.verify(forged));
      assertThat(fault).isNotNull();
      assertThat(fault.kind()).isEqualTo(Kind.UNRECOGNISED);
    }
    refused(
        with(genuine, "X-Amz-Security-Token", "any"),
        SIGNED,
        Kind.UNRECOGNISED,
        "The security token included in the request is invalid.");
  }

  @Test
  void a_signature_over_the_host_without_its_port_counts() {
    RawRequest portless = mapped(REQUEST, "host", value -> value.substring(0, value.indexOf(':')));
    RawRequest signed = signer().sign(portless, CALLER, AwsSignatureType.HTTP_REQUEST_VIA_HEADERS);
    assertThat(verifier(SIGNED).verify(mapped(signed, "host", value -> value + ":8080")))
        .isEqualTo("AKIDCALLER");
    refused(
        mapped(signed, "host", value -> "evil.example:8080"),
        SIGNED,
        Kind.INVALID,
        "does not match");
  }

  @Test
  void another_secret_another_body_or_a_forged_signature_does_not_match() {
    String mismatch =
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.";
    SigningCredentials guess = new SigningCredentials("AKIDCALLER", "wrong-horse", null);
    refused(
        signer().sign(REQUEST, guess, AwsSignatureType.HTTP_REQUEST_VIA_HEADERS),
        SIGNED,
        Kind.INVALID,
        mismatch);
    RawRequest genuine = signed();
    refused(
        new RawRequest("POST", genuine.path(), "", genuine.headers(), "{}".getBytes(UTF_8)),
        SIGNED,
        Kind.INVALID,
        mismatch);
    refused(
        mapped(
            genuine,
            "Authorization",
            value -> value.substring(0, value.length() - 64) + "0".repeat(64)),
        SIGNED,
        Kind.INVALID,
        mismatch);
  }

  @Test
  void a_signature_over_anything_but_the_body_is_refused() {
    for (AwsSignatureType placement :
        List.of(
            AwsSignatureType.HTTP_REQUEST_VIA_HEADERS,
            AwsSignatureType.HTTP_REQUEST_VIA_QUERY_PARAMS)) {
      for (String payloadHash : List.of("UNSIGNED-PAYLOAD", Hashes.sha256Hex(new byte[1]))) {
        refused(
            signer().sign(REQUEST, CALLER, placement, payloadHash),
            SIGNED,
            Kind.INVALID,
            "does not match");
      }
    }
  }

  @Test
  void an_amz_header_that_is_not_signed_is_refused() {
    refused(
        with(signed(), "X-Amz-Extra", "1"),
        SIGNED,
        Kind.INVALID,
        "'x-amz-extra' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void the_host_must_be_signed() {
    refused(
        mapped(
            signed(),
            "Authorization",
            value -> value.replace("SignedHeaders=host;", "SignedHeaders=")),
        SIGNED,
        Kind.INVALID,
        "'host' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void an_unknown_access_key_is_not_recognised() {
    SigningCredentials stranger = new SigningCredentials("AKIDSTRANGER", "x", null);
    refused(
        signer().sign(REQUEST, stranger, AwsSignatureType.HTTP_REQUEST_VIA_HEADERS),
        SIGNED,
        Kind.UNRECOGNISED,
        "The security token included in the request is invalid.");
  }

  @Test
  void a_session_token_belongs_to_its_credentials() {
    SigningCredentials withToken = new SigningCredentials("AKIDCALLER", "correct-horse", "token");
    refused(
        signer().sign(REQUEST, withToken, AwsSignatureType.HTTP_REQUEST_VIA_HEADERS),
        SIGNED,
        Kind.UNRECOGNISED,
        "The security token included in the request is invalid.");
  }

  @Test
  void the_scope_names_this_region_this_service_and_the_signatures_day() {
    scopeRefused(
        "/ap-southeast-2/",
        "/us-east-1/",
        "Credential should be scoped to a valid region, not 'us-east-1'.");
    scopeRefused(
        "/execute-api/", "/s3/", "Credential should be scoped to correct service: 'execute-api'.");
    scopeRefused(
        "/20260301/",
        "/20260302/",
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
            + " '20260302' != '20260301', from '20260301T120000Z'.");
    scopeRefused(
        "/aws4_request",
        "/aws5_request",
        "Credential should be scoped with a valid terminator: 'aws4_request'.");
  }

  @Test
  void a_date_header_is_read_where_there_is_no_amz_date() {
    RawRequest genuine = signed();
    List<Header> headers =
        genuine.headers().stream()
            .map(
                header ->
                    header.name().equalsIgnoreCase("x-amz-date")
                        ? new Header("Date", "Sun, 01 Mar 2026 12:00:00 GMT")
                        : header)
            .toList();
    refused(
        new RawRequest("POST", genuine.path(), "", headers, genuine.body()),
        SIGNED,
        Kind.INVALID,
        "does not match");
  }

  private static void scopeRefused(String genuine, String forged, String message) {
    refused(
        mapped(signed(), "Authorization", value -> value.replace(genuine, forged)),
        SIGNED,
        Kind.INVALID,
        message);
  }

  private static void refused(RawRequest request, Instant now, Kind kind, String message) {
    SignatureFault fault =
        catchThrowableOfType(SignatureFault.class, () -> verifier(now).verify(request));
    assertThat(fault).isNotNull().hasMessageContaining(message);
    assertThat(fault.kind()).isEqualTo(kind);
  }

  private static RawRequest signedWithoutBodyHash() {
    return signer()
        .withoutBodyHash()
        .sign(REQUEST, CALLER, AwsSignatureType.HTTP_REQUEST_VIA_HEADERS);
  }

  private static RawRequest signed() {
    return signer().sign(REQUEST, CALLER, AwsSignatureType.HTTP_REQUEST_VIA_HEADERS);
  }

  private static CrtSigner signer() {
    return new CrtSigner("ap-southeast-2", "execute-api", SIGNED);
  }

  private static SignatureVerifier verifier(Instant now) {
    return new SignatureVerifier(
        "ap-southeast-2",
        "execute-api",
        Duration.ofMinutes(5),
        InstantSource.fixed(now),
        id -> Optional.of(CALLER).filter(caller -> caller.accessKeyId().equals(id)));
  }

  private static RawRequest with(RawRequest r, String name, String value) {
    List<Header> headers =
        Stream.concat(r.headers().stream(), Stream.of(new Header(name, value))).toList();
    return new RawRequest(r.method(), r.path(), r.query(), headers, r.body());
  }

  private static RawRequest mapped(RawRequest r, String name, UnaryOperator<String> change) {
    List<Header> headers =
        r.headers().stream()
            .map(h -> h.name().equals(name) ? new Header(name, change.apply(h.value())) : h)
            .toList();
    return new RawRequest(r.method(), r.path(), r.query(), headers, r.body());
  }

  private static RawRequest changed(RawRequest r, UnaryOperator<String> query) {
    return new RawRequest(r.method(), r.path(), query.apply(r.query()), r.headers(), r.body());
  }
}
