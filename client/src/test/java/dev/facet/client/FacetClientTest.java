package dev.facet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.client.FacetClient.Candidate;
import dev.facet.client.FacetClient.Enrolled;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.Point;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FacetClientTest {

  private static final byte[] PHOTO = {1, 2, 3};
  private static final String ATTRIBUTES =
      """
      {"faceArea":{"left":"10","top":"20","right":"110","bottom":"140"},
       "headArea":{"left":"0","top":"0","right":"120","bottom":"160"},
       "rightEyeCenter":{"x":"40.5","y":"60"},"leftEyeCenter":{"x":"80.25","y":"61"},
       "frontalFaceScore":"0.98","faceRoll":"4.93922","facePan":"-9.3","faceTilt":"7.6",
       "faceScore":"0.999","faceQualityScore":"0.87"}\
      """;

  @Test
  void a_registration_tells_the_id_and_what_was_seen() throws IOException {
    try (ScriptedService service =
        new ScriptedService(201, "{\"id\":\"necidguid-1\",\"attributes\":" + ATTRIBUTES + "}")) {
      Enrolled enrolled = client(service).register(PHOTO);
      assertThat(enrolled)
          .isEqualTo(
              new Enrolled(
                  "necidguid-1",
                  new FaceAttributes(
                      new Box(10, 20, 110, 140),
                      new Box(0, 0, 120, 160),
                      new Point(40.5, 60),
                      new Point(80.25, 61),
                      0.98,
                      4.93922,
                      -9.3,
                      7.6,
                      0.999,
                      0.87)));
      assertThat(service.asked().method()).isEqualTo("POST");
      assertThat(service.asked().target()).isEqualTo("/dev/v1/subjects");
      assertThat(new ObjectMapper().readTree(service.asked().body()).get("face").asText())
          .isEqualTo(Base64.getEncoder().encodeToString(PHOTO));
    }
  }

  @Test
  void a_request_offers_no_upgrade() throws IOException {
    try (ScriptedService service = new ScriptedService(204, "")) {
      new FacetClient(service.credentials()).delete("necidguid-1");
      assertThat(service.asked().headers())
          .containsKey("authorization")
          .doesNotContainKeys("upgrade", "http2-settings");
    }
  }

  @Test
  void every_request_is_signed_for_the_region_and_carries_the_key() throws IOException {
    try (ScriptedService service = new ScriptedService(204, "")) {
      client(service).delete("necidguid-1");
      assertThat(service.asked().headers())
          .containsEntry("x-api-key", "example-api-key")
          .containsEntry("x-amz-date", "20260102T030405Z");
      assertThat(service.asked().headers().get("authorization"))
          .startsWith(
              "AWS4-HMAC-SHA256"
                  + " Credential=AKIDEXAMPLE/20260102/ap-southeast-2/execute-api/aws4_request")
          .contains("x-api-key");
    }
  }

  @Test
  void an_id_is_one_path_segment_whatever_it_holds() throws IOException {
    try (ScriptedService service = new ScriptedService(204, "")) {
      client(service).delete("a/../b c?d");
      assertThat(service.asked().target()).isEqualTo("/dev/v1/subjects/a%2F..%2Fb%20c%3Fd");
    }
  }

  @Test
  void candidates_come_in_the_services_order() throws IOException {
    try (ScriptedService service =
        new ScriptedService(
            200,
            "{\"candidates\":[{\"id\":\"b\",\"score\":9000},{\"id\":\"a\",\"score\":7100}],\"attributes\":"
                + ATTRIBUTES
                + "}")) {
      assertThat(client(service).search(PHOTO, 7000, 10))
          .containsExactly(new Candidate("b", 9000), new Candidate("a", 7100));
      assertThat(service.asked().body()).contains("\"threshold\":7000", "\"limit\":10");
    }
  }

  @Test
  void that_nobody_is_found_is_an_answer() throws IOException {
    try (ScriptedService service = new ScriptedService(404, message("Candidates not found"))) {
      assertThat(client(service).search(PHOTO, 7000, 10)).isEmpty();
    }
  }

  @Test
  void that_a_photo_shows_somebody_else_is_an_answer() throws IOException {
    try (ScriptedService service = new ScriptedService(404, message("Subject not verified"))) {
      assertThat(client(service).verify("necidguid-1", PHOTO)).isEmpty();
    }
    try (ScriptedService service = new ScriptedService(200, "{\"id\":\"x\",\"score\":8123}")) {
      assertThat(client(service).verify("x", PHOTO)).hasValue(8123);
    }
  }

  @Test
  void that_a_subject_is_unknown_is_not() throws IOException {
    try (ScriptedService service =
        new ScriptedService(404, message("Subject with id not found."))) {
      assertThatExceptionOfType(FacetException.NotFound.class)
          .isThrownBy(() -> client(service).verify("necidguid-1", PHOTO))
          .withMessage("Subject with id not found.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, Denied",
    "404, NotFound",
    "429, Throttled",
    "500, Unavailable",
    "502, Unavailable",
    "504, Unavailable",
    "400, Refused",
    "409, Refused",
    "413, Refused"
  })
  void every_failure_has_its_type(int status, String type) throws IOException {
    try (ScriptedService service = new ScriptedService(status, message("why"))) {
      FacetException failure =
          catchThrowableOfType(FacetException.class, () -> client(service).extract(PHOTO));
      assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
      assertThat(failure).hasMessageContaining("why");
    }
  }

  @Test
  void a_refusal_names_its_reason() throws IOException {
    try (ScriptedService service =
        new ScriptedService(
            400,
            "{\"message\":\"No face was found.\",\"errorCode\":2001,\"errorType\":\"NoFace\"}")) {
      assertThatExceptionOfType(FacetException.Refused.class)
          .isThrownBy(() -> client(service).register(PHOTO))
          .withMessage("NoFace: No face was found.")
          .matches(refused -> refused.errorType().equals("NoFace"));
    }
  }

  @Test
  void a_service_that_is_not_there_is_unavailable() throws IOException {
    ScriptedService service = new ScriptedService(200, "");
    FacetClient client = client(service);
    service.close();
    assertThatExceptionOfType(FacetException.Unavailable.class)
        .isThrownBy(() -> client.extract(PHOTO))
        .withMessageContaining("does not respond");
  }

  @Test
  void credentials_are_read_from_what_serve_writes_and_hide_their_secrets(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("credentials.json");
    Files.writeString(
        file,
        """
        {"endpoint":"http://127.0.0.1:8080","region":"ap-southeast-2","accessKeyId":"AKIDEXAMPLE",
         "secretAccessKey":"example-secret","apiKey":"example-key","added":"later"}\
        """);
    Credentials credentials = Credentials.read(file);
    assertThat(credentials.secretAccessKey()).isEqualTo("example-secret");
    assertThat(credentials.toString()).doesNotContain("example-secret", "example-key");

    Files.writeString(file, "{\"endpoint\":\"http://127.0.0.1:8080\"}");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Credentials.read(file))
        .withMessageContaining("region must be provided");
  }

  private static FacetClient client(ScriptedService service) {
    return new FacetClient(
        service.credentials(),
        HttpClient.newHttpClient(),
        Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  }

  private static String message(String text) {
    return "{\"message\":\"%s\"}".formatted(text);
  }
}
