package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faces.ExtractedFace;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.Template;
import dev.facet.core.scores.ScoreMap;
import dev.facet.local.SignedClient;
import dev.facet.local.service.ServiceUnderTest.Caller;
import dev.facet.local.service.ServiceUnderTest.Caller.Reply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers of the whole service get while a part of it fails, and afterwards. */
class FaultsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path data;

  /** Looks for faces in vain, until it is told to see. */
  private static final class LateFaces implements FaceExtractor {
    private volatile boolean late = true;

    private FaceExtractor faces() {
      if (late) {
        throw new TransientFault(TransientFault.Kind.TIMEOUT, "The face function is late.");
      }
      return new FakeFaces();
    }

    @Override
    public String bundleId() {
      return new FakeFaces().bundleId();
    }

    @Override
    public List<FaceAttributes> describe(byte[] image, int limit) {
      return faces().describe(image, limit);
    }

    @Override
    public ExtractedFace single(byte[] image) {
      return faces().single(image);
    }
  }

  @Test
  void aFaceFunctionThatIsLateIsATimeoutAndTheSameRequestIsDoneLater() {
    LateFaces faces = new LateFaces();
    try (ServiceUnderTest service =
        ServiceUnderTest.start(
            ServiceUnderTest.options(data, true, true),
            new Recognition(faces, ScoreMap.calibratedAt(0.3)))) {
      Caller caller = new Caller(service.caller().client().with("idempotency-key", "late"));
      Reply late = caller.register(FakeFaces.photo("ann/1"));
      assertThat(late.status()).isEqualTo(500);
      assertThat(late.body().path("errorType").asText()).isEqualTo("Timeout");
      assertThat(late.body().path("errorCode").intValue()).isEqualTo(1003);
      assertThat(plainEnrol(service).statusCode()).as("needs no photo").isEqualTo(200);

      faces.late = false;
      assertThat(service.caller().search(FakeFaces.photo("ann/2")).status()).isEqualTo(404);
      Reply done = caller.register(FakeFaces.photo("ann/1"));
      assertThat(done.status()).isEqualTo(201);
      assertThat(caller.register(FakeFaces.photo("ann/1")).id()).isEqualTo(done.id());
      assertThat(service.caller().search(FakeFaces.photo("ann/2")).body().path("candidates"))
          .hasSize(1);
    }
  }

  private static HttpResponse<String> plainEnrol(ServiceUnderTest service) {
    Template template = FakeFaces.template("bob", "1");
    ObjectNode features =
        JSON.createObjectNode()
            .put("type", template.factor())
            .set("embedding_vector", JSON.valueToTree(template.vector()));
    String body =
        JSON.createObjectNode()
            .put("api_key", service.credentials().apiKey())
            .<ObjectNode>set("features", features)
            .toString();
    return service.caller().client().send("POST", "/node/plainEnroll", body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/face/search", "/node/plainPredict", "/node/FACE3_1/enroll"})
  void aCallersClockMayBeFourMinutesWrongAndIsToldIfItIsSix(String path) throws IOException {
    try (ServiceUnderTest service = ServiceUnderTest.start(data)) {
      SignedClient client = service.caller().client();
      for (int minutes : new int[] {-4, 4}) {
        assertThat(client.at(skewed(minutes)).send("POST", path, "{}").statusCode()).isEqualTo(400);
      }
      refused(client.at(skewed(-6)).send("POST", path, "{}"), "Signature expired: ");
      refused(client.at(skewed(6)).send("POST", path, "{}"), "Signature not yet current: ");
    }
  }

  private static Clock skewed(int minutes) {
    return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
  }

  private static void refused(HttpResponse<String> response, String reason) throws IOException {
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("x-amzn-errortype"))
        .contains("InvalidSignatureException");
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.path("message").asText()).startsWith(reason);
  }
}
