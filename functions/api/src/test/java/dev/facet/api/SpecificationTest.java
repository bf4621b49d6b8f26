package dev.facet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.http.Settings;
import dev.facet.spec.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code openapi.yaml} itself, and that the code keeps what it says. */
class SpecificationTest {

  private final Specification specification = TestService.SPECIFICATION;

  @Test
  void every_example_is_what_its_schema_says() {
    List<JsonNode> examples = new ArrayList<>();
    for (JsonNode content : specification.document().findValues("application/json")) {
      List<JsonNode> here = new ArrayList<>();
      content.path("examples").forEach(example -> here.add(example.path("value")));
      if (content.has("example")) {
        here.add(content.path("example"));
      }
      here.forEach(example -> specification.conforms(content.path("schema"), example));
      examples.addAll(here);
    }
    assertThat(examples).hasSizeGreaterThan(100);
  }

  @Test
  void operations_have_names_of_their_own_and_a_preflight_on_every_path() {
    assertThat(specification.operations())
        .extracting(ApiOperation::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    for (String path : paths()) {
      assertThat(specification.operation(path, "OPTIONS").definition().path("x-facet-gateway"))
          .hasToString("\"cors\"");
    }
  }

  @Test
  void all_routes_are_signed_and_keyed_but_the_contracts_exceptions() {
    List<String> open =
        specification.operations().stream()
            .filter(operation -> operation.definition().path("security").isEmpty())
            .filter(operation -> !operation.method().equals("OPTIONS"))
            .map(ApiOperation::id)
            .toList();
    assertThat(open).containsExactlyInAnyOrder("health", "specificationJson", "specificationYaml");
    for (ApiOperation operation : specification.operations()) {
      String security = operation.definition().path("security").toString();
      String expected =
          operation.path().startsWith("/node/")
              ? "[{\"sigv4\":[]}]"
              : "[{\"sigv4\":[],\"api_key\":[]}]";
      assertThat(security).as(operation.id()).isIn("[]", expected);
    }
  }

  @Test
  void the_code_keeps_the_limits() {
    JsonNode limits = specification.document().path("x-facet-limits");

    assertThat(Settings.DEFAULT.bodyBytes()).isEqualTo(limits.path("bodyBytes").asInt());
    assertThat(limits.path("gatewayTimeoutMillis").asInt())
        .isGreaterThan(limits.path("handlerTimeoutMillis").asInt());
    assertThat(limits.path("handlerTimeoutMillis").asInt())
        .isGreaterThan(limits.path("faceCallTimeoutMillis").asInt());
    assertThat(limits.path("faceCallTimeoutMillis").asInt())
        .isGreaterThan(limits.path("faceTimeoutMillis").asInt());
  }

  @Test
  void the_code_exposes_the_headers_of_the_specification() {
    List<String> exposed =
        StreamSupport.stream(
                specification.document().path("x-facet-cors").path("exposeHeaders").spliterator(),
                false)
            .map(JsonNode::asText)
            .toList();

    assertThat(Settings.DEFAULT.cors().headers(null))
        .containsEntry("access-control-expose-headers", String.join(",", exposed));
  }

  /** Of what its import documents as unsupported or ignored, what would change a meaning. */
  @Test
  void api_gateway_can_import_it() {
    assertThat(specification.document().path("openapi").asText()).isEqualTo("3.0.1");
    for (String unsupported :
        List.of("oneOf", "anyOf", "allOf", "nullable", "discriminator", "readOnly", "format")) {
      assertThat(specification.document().findValues(unsupported)).as(unsupported).isEmpty();
    }
    assertThat(paths()).allMatch(path -> path.matches("(/[A-Za-z0-9._-]+|/\\{[a-z]+})+"));
    specification
        .document()
        .path("components")
        .path("schemas")
        .fieldNames()
        .forEachRemaining(name -> assertThat(name).matches("[A-Za-z0-9]+"));
    for (ApiOperation operation : specification.operations()) {
      operation
          .definition()
          .path("responses")
          .forEach(response -> assertThat(response.has("$ref")).as(operation.id()).isFalse());
    }
  }

  private List<String> paths() {
    List<String> paths = new ArrayList<>();
    specification.document().path("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }
}
