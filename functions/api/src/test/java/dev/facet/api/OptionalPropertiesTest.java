package dev.facet.api;

import static dev.facet.api.NodeCaller.face;
import static dev.facet.api.NodeCaller.features;
import static dev.facet.api.TestService.event;
import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.spec.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optional property of openapi.yaml may be null, which means that it is absent. */
class OptionalPropertiesTest {

  private static final Specification SPECIFICATION = new Specification();

  /** The event of each operation that has a body with optional properties. */
  private static final Map<String, String> EVENTS =
      Map.ofEntries(
          Map.entry("extractFace", "extract-face"),
          Map.entry("searchFace", "search-face"),
          Map.entry("checkApiKeyValid", "node-check-api-key"),
          Map.entry("enroll", "node-enroll"),
          Map.entry("enrollDefault", "node-enroll-default"),
          Map.entry("plainEnroll", "node-plain-enroll"),
          Map.entry("predict", "node-predict"),
          Map.entry("predictDefault", "node-predict-default"),
          Map.entry("plainPredict", "node-plain-predict"),
          Map.entry("deleteUser", "node-delete-user"),
          Map.entry("deleteUserDefault", "node-delete-user-default"));

  private final TestService service = new TestService();
  private final NodeCaller node = NodeCaller.of(service);

  /** An optional property: the path to it in the body of an operation. */
  record OptionalProperty(ApiOperation operation, List<String> path) {

    @Override
    public String toString() {
      return operation.id() + " " + String.join(".", path);
    }
  }

  static Stream<OptionalProperty> optionals() {
    return SPECIFICATION.operations().stream()
        .flatMap(
            operation -> {
              List<OptionalProperty> found = new ArrayList<>();
              JsonNode schema =
                  operation.definition().at("/requestBody/content/application~1json/schema");
              collect(operation, schema, List.of(), found);
              return found.stream();
            });
  }

  private static void collect(
      ApiOperation operation, JsonNode schema, List<String> path, List<OptionalProperty> found) {
    JsonNode resolved = resolved(schema);
    List<String> required =
        StreamSupport.stream(resolved.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    resolved
        .path("properties")
        .properties()
        .forEach(
            property -> {
              List<String> to = Stream.concat(path.stream(), Stream.of(property.getKey())).toList();
              if (!required.contains(property.getKey())) {
                found.add(new OptionalProperty(operation, to));
              }
              collect(operation, property.getValue(), to, found);
            });
  }

  private static JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : SPECIFICATION.document().at(reference.substring(1));
  }

  @ParameterizedTest
  @MethodSource("optionals")
  void null_is_absent(OptionalProperty optional) {
    service.invoke(event("register-subject", "face", photo("ann/1")));
    assertThat(node.enroll(face("bob", 1)).status()).isEqualTo(200);
    String event = Objects.requireNonNull(EVENTS.get(optional.operation().id()), "no event");
    ObjectNode body = body(event);
    body.remove(optional.path().getFirst());
    int absent = send(event, body);

    ObjectNode holder = body;
    for (String name : optional.path().subList(0, optional.path().size() - 1)) {
      holder = holder.withObject("/" + name);
    }
    holder.putNull(optional.path().getLast());

    assertThat(absent).isBetween(200, 299);
    assertThat(send(event, body)).isEqualTo(absent);
  }

  private ObjectNode body(String event) {
    ObjectNode body = Specification.JSON.createObjectNode();
    if (event.equals("extract-face")) {
      return body.put("faces", photo("ann/2"));
    }
    if (event.equals("search-face")) {
      return body.put("probe", photo("ann/2"));
    }
    if (event.contains("delete")) {
      return body.put("puid", node.enroll(face("carl", 1)).body().path("puid").asText());
    }
    if (event.contains("plain")) {
      return body.setAll(features(face("bob", 2)));
    }
    return event.contains("check")
        ? body
        : body.put("features", node.sealed(features(face("bob", 2))));
  }

  /** Sends a body with the key in the header, so that the body may lack it. */
  private int send(String event, ObjectNode body) {
    ObjectNode sent = body.deepCopy();
    // a repeated deletion finds nobody
    if (event.contains("delete")) {
      sent.setAll((ObjectNode) body(event));
    }
    ObjectNode request = event(event, sent.toString());
    request.withObject("/headers").put("x-api-key", TestService.KEY.secret());
    return service.invoke(request).status();
  }
}
