package dev.facet.local.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.facet.core.crypto.Hashes;
import dev.facet.local.http.RawRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The public vectors of the AWS Common Runtime, each as a request to verify. */
class PublicVectorsTest {

  private static final String PATH_AS_IT_IS =
      "services that sign the path as it is (S3) accept it; execute-api normalises the path";
  private static final String TOKEN_NOT_SIGNED =
      "its session token is added to the query after signing";

  @TestFactory
  Stream<DynamicTest> signed_in_headers() throws IOException {
    return vectors("header");
  }

  @TestFactory
  Stream<DynamicTest> signed_in_the_query_string() throws IOException {
    return vectors("query");
  }

  private static Stream<DynamicTest> vectors(String placement) throws IOException {
    Path folder = Path.of(System.getProperty("facet.testdata", "nowhere"), "sigv4-vectors");
    if (!Files.isDirectory(folder)) {
      return Stream.of(
          dynamicTest(
              "all vectors", () -> assumeTrue(false, "no SigV4 vectors under facet.testdata")));
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.sorted().map(Vector::read).map(v -> test(v, placement)).toList().stream();
    }
  }

  private static DynamicTest test(Vector vector, String placement) {
    RawRequest request = vector.signed(placement);
    return inapplicable(vector, placement)
        .map(
            reason ->
                dynamicTest(
                    vector.name() + " does not apply: " + reason,
                    () ->
                        assertThatThrownBy(() -> verifier(vector).verify(request))
                            .isInstanceOf(SignatureFault.class)))
        .orElseGet(() -> dynamicTest(vector.name(), () -> isAccepted(vector, placement, request)));
  }

  private static Optional<String> inapplicable(Vector vector, String placement) {
    if (placement.equals("query") && vector.context().path("omit_session_token").booleanValue()) {
      return Optional.of(TOKEN_NOT_SIGNED);
    }
    String path = vector.expected("header-canonical-request.txt").split("\n", 3)[1];
    return path.contains("//") || path.contains("/.")
        ? Optional.of(PATH_AS_IT_IS)
        : Optional.empty();
  }

  private static void isAccepted(Vector vector, String placement, RawRequest request) {
    SignatureClaim claim = ClaimReader.parse(request);
    assertThat(CanonicalRequest.of(request, claim, Hashes.sha256Hex(request.body())))
        .isEqualTo(vector.expected(placement + "-canonical-request.txt"));
    assertThat(claim.signature()).isEqualTo(vector.expected(placement + "-signature.txt"));
    assertThat(verifier(vector).verify(request)).isEqualTo("AKIDEXAMPLE");
  }

  private static SignatureVerifier verifier(Vector vector) {
    return new SignatureVerifier(
        vector.region(),
        vector.service(),
        Duration.ofMinutes(5),
        InstantSource.fixed(vector.time()),
        id -> Optional.of(vector.credentials()).filter(c -> c.accessKeyId().equals(id)));
  }
}
