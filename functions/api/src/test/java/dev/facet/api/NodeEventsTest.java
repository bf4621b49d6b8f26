package dev.facet.api;

import static dev.facet.api.TestService.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.TestService.Answer;
import dev.facet.spec.ApiOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code /node} on the files in events/, and on the examples of {@code openapi.yaml}. */
class NodeEventsTest {

  private final TestService service = new TestService();

  @Test
  void the_events_person_is_known_to_its_model_version_only() {
    JsonNode enrolled = service.invoke(event("node-enroll")).body();
    assertThat(enrolled.path("message").asText()).isEqualTo("ok");
    for (String again :
        new String[] {"node-enroll-default", "node-predict", "node-predict-default"}) {
      JsonNode body = service.invoke(event(again)).body();
      assertThat(body.path("puid")).as(again).isEqualTo(enrolled.path("puid"));
      assertThat(body.path("guid")).as(again).isEqualTo(enrolled.path("guid"));
    }
    JsonNode plain = service.invoke(event("node-plain-enroll")).body();
    assertThat(plain.path("message").asText()).isEqualTo("Ok");
    assertThat(service.invoke(event("node-plain-predict")).body().path("puid"))
        .isEqualTo(plain.path("puid"));
    assertThat(service.invoke(event("node-delete-user")).status()).isEqualTo(400);
    assertThat(service.invoke(event("node-delete-user-default")).status()).isEqualTo(400);
    assertThat(service.invoke(event("node-check-api-key")).status()).isEqualTo(200);
  }

  @Test
  void every_failure_in_the_files_is_answered_as_documented() throws IOException {
    Map<String, String> answers = new TreeMap<>();
    try (Stream<Path> files = Files.list(Specification.ROOT.resolve("events/failures"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        Answer answer = service.invoke(event("failures/" + name));
        answers.put(name, answer.status() + " " + answer.text());
      }
    }
    assertThat(answers)
        .isEqualTo(
            Map.ofEntries(
                failure("node-missing-key", 400, -1, "Missing api key"),
                failure("node-two-keys", 403, -1, "Invalid api key"),
                failure("node-unknown-key", 403, -1, "Failed to check api key"),
                failure(
                    "node-enroll-without-features",
                    400,
                    -2,
                    "Enrollment Failed Features not provided."),
                failure(
                    "node-predict-without-features",
                    400,
                    -2,
                    "Prediction Failed Features not provided."),
                failure("node-undecryptable-features", 400, -2, "features could not be decrypted."),
                failure("node-unsupported-encryption", 400, -2, "Unsupported encryption version"),
                failure("node-strangers-in-one-enrolment", 400, 152, "Face Enrollment Failed"),
                failure("node-strangers-in-one-prediction", 400, 153, "Face Authentication Failed"),
                failure("node-missing-puid", 500, -2, "Missing PUID."),
                failure(
                    "node-not-json",
                    400,
                    -2,
                    "body must be valid JSON, each name once, at most 32 levels deep."),
                failure("node-bad-version", 400, -2, "version must match [A-Z]+[0-9]+_[0-9]+.")));
  }

  private static Map.Entry<String, String> failure(
      String name, int httpStatus, int status, String message) {
    return Map.entry(
        name, httpStatus + " {\"status\":%d,\"message\":\"%s\"}".formatted(status, message));
  }

  /** In the document's order, so that who is predicted has been enrolled. */
  @Test
  void every_example_of_the_specification_is_served() {
    int examples = 0;
    for (ApiOperation operation : TestService.SPECIFICATION.operations()) {
      if (!operation.path().startsWith("/node/") || operation.function().isEmpty()) {
        continue;
      }
      for (JsonNode example :
          operation.definition().at("/requestBody/content/application~1json/examples")) {
        Answer answer = service.invoke(request(operation, example.path("value")));
        boolean deletion = operation.id().startsWith("deleteUser");
        assertThat(answer.status()).as(operation.id()).isEqualTo(deletion ? 400 : 200);
        assertThat(answer.body().path("status").intValue())
            .as(operation.id())
            .isEqualTo(deletion ? 400 : 0);
        examples++;
      }
    }
    assertThat(examples).isEqualTo(14);
  }

  private static ObjectNode request(ApiOperation operation, JsonNode body) {
    ObjectNode request = event("node-enroll", body.toString());
    request.put("resource", operation.path());
    request.put("path", operation.path().replace("{version}", "FACE3_1"));
    if (!operation.path().contains("{version}")) {
      request.putNull("pathParameters");
    }
    return request;
  }
}
