package dev.facet.api;

import static dev.facet.api.TestService.about;
import static dev.facet.api.TestService.event;
import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.spec.ApiOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The handlers on the files in events/: what succeeds, and what is not found. */
class EventsTest {

  private final TestService service = new TestService();

  @Test
  void every_endpoint_has_an_event_and_every_event_an_endpoint() throws IOException {
    try (Stream<Path> files = Files.list(Specification.ROOT.resolve("events"))) {
      List<String> described =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".json"))
              .map(name -> event(name.replace(".json", "")))
              .map(EventsTest::operationId)
              .toList();
      assertThat(described)
          .containsExactlyInAnyOrderElementsOf(
              TestService.SPECIFICATION.operations().stream()
                  .filter(operation -> operation.function().isPresent())
                  .map(ApiOperation::id)
                  .toList());
    }
  }

  @Test
  void the_components_of_quality_are_returned_only_where_they_are_asked_for() {
    JsonNode with = service.invoke(event("extract-face", "faces", image(), "quality", true)).body();
    JsonNode without =
        service.invoke(event("extract-face", "faces", image(), "quality", false)).body();

    assertThat(with.at("/faces/0/attributes/sharpness").textValue()).isEqualTo("0.5");
    assertThat(without).isEqualTo(service.invoke(event("extract-face", "faces", image())).body());
    assertThat(without.at("/faces/0/attributes").has("sharpness")).isFalse();
  }

  @Test
  void a_person_is_registered_found_verified_updated_and_deleted() {
    TestService.Answer registered = service.invoke(event("register-subject"));
    assertThat(registered.status()).isEqualTo(201);
    String id = registered.body().path("id").asText();
    assertThat(id).matches("necidguid-[0-9a-f]{4}(-[0-9a-f]{4}){2}-[0-9a-f]{12}");

    JsonNode found = service.invoke(event("search-face")).body();
    assertThat(found.path("candidates").path(0).path("id").asText()).isEqualTo(id);
    assertThat(found.path("candidates").path(0).path("score").isInt()).isTrue();

    assertThat(service.invoke(event("verify-face", "probe", image(), "id", id)).body())
        .isEqualTo(found.path("candidates").path(0));

    TestService.Answer updated = service.invoke(about(id, event("update-subject")));
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.body().path("id").asText()).isEqualTo(id);
    assertThat(service.invoke(about(id, event("update-subject-by-query"))).status()).isEqualTo(200);

    TestService.Answer deleted = service.invoke(about(id, event("delete-subject")));
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.text()).isNull();

    assertThat(service.invoke(event("search-face")).text())
        .isEqualTo("{\"message\":\"Candidates not found\"}");
  }

  @Test
  void a_subject_is_deleted_by_a_query_too() {
    String id = service.invoke(event("register-subject")).body().path("id").asText();

    assertThat(service.invoke(about(id, event("delete-subject-by-query"))).status()).isEqualTo(204);
    assertThat(service.invoke(about(id, event("delete-subject-by-query"))).status()).isEqualTo(404);
  }

  @Test
  void the_paths_id_is_percent_decoded() {
    String id = service.invoke(event("register-subject")).body().path("id").asText();

    assertThat(service.invoke(about(id.replace("-", "%2D"), event("delete-subject"))).status())
        .isEqualTo(204);
  }

  @Test
  void attributes_are_text_in_the_documented_form() {
    JsonNode face = service.invoke(event("extract-face")).body().path("faces").path(0);

    assertThat(face.path("attributes").toString())
        .isEqualTo(
            "{\"faceArea\":{\"left\":\"10\",\"top\":\"20\",\"right\":\"90\",\"bottom\":\"120\"},"
                + "\"headArea\":{\"left\":\"0\",\"top\":\"0\",\"right\":\"100\",\"bottom\":\"140\"},"
                + "\"rightEyeCenter\":{\"x\":\"35\",\"y\":\"60\"},"
                + "\"leftEyeCenter\":{\"x\":\"65\",\"y\":\"60.5\"},"
                + "\"frontalFaceScore\":\"0.97\",\"faceRoll\":\"4.9\",\"facePan\":\"-9.3\","
                + "\"faceTilt\":\"7.6\",\"faceScore\":\"0.99\",\"faceQualityScore\":\"0.9\"}");
  }

  @Test
  void who_is_unknown_is_not_found() {
    String unknown = "{\"message\":\"Subject with id not found.\"}";

    for (ObjectNode event :
        List.of(
            event("update-subject"),
            event("update-subject-by-query"),
            event("delete-subject"),
            event("delete-subject-by-query"),
            event("verify-face"))) {
      TestService.Answer answer = service.invoke(event);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text()).isEqualTo(unknown);
    }
  }

  @Test
  void a_stranger_is_not_verified() {
    String id = service.invoke(event("register-subject")).body().path("id").asText();
    TestService.Answer answer =
        service.invoke(event("verify-face", "probe", photo("a stranger"), "id", id));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("{\"message\":\"Subject not verified\"}");
  }

  private static String image() {
    return Specification.read(event("search-face").path("body").asText()).path("probe").asText();
  }

  private static String operationId(ObjectNode event) {
    return TestService.SPECIFICATION
        .operation(event.path("resource").asText(), event.path("httpMethod").asText())
        .id();
  }
}
