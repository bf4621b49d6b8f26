package dev.facet.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.facet.spec.ApiOperation.Action;
import dev.facet.spec.ApiSpecification.Format;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ApiSpecificationTest {

  private final ApiSpecification specification = ApiSpecification.bundled();

  @Test
  void lists_every_operation_of_the_document_in_its_order() {
    List<ApiOperation> operations = specification.operations();

    assertThat(operations).hasSize(39);
    assertThat(operations).filteredOn(it -> it.action() instanceof Action.Invoke).hasSize(18);
    assertThat(operations).filteredOn(it -> it.action() instanceof Action.Preflight).hasSize(18);
    assertThat(operations)
        .filteredOn(it -> it.action() instanceof Action.Describe)
        .extracting(ApiOperation::path)
        .containsExactlyInAnyOrder("/openapi.json", "/openapi.yaml");
    assertThat(operations).extracting(ApiOperation::id).doesNotHaveDuplicates().doesNotContain("");
    List<String> paths =
        specification.document().required("paths").propertyStream().map(e -> e.getKey()).toList();
    assertThat(operations.stream().map(ApiOperation::path).distinct()).isEqualTo(paths);
  }

  @Test
  void describes_an_operation_that_invokes_a_function() {
    ApiOperation register = operation(specification, "POST /v1/subjects");

    assertThat(register.function()).contains("v1.RegisterSubject");
    assertThat(register.id()).isEqualTo("registerSubject");
    assertThat(register.signed()).isTrue();
    assertThat(register.keyed()).isTrue();
    assertThat(operation(specification, "POST /node/{version}/enroll").keyed()).isFalse();
    assertThat(operation(specification, "GET /v1/health").signed()).isFalse();
  }

  @Test
  void a_preflight_lists_the_methods_of_its_path() {
    ApiOperation preflight = operation(specification, "OPTIONS /v1/subjects");

    assertThat(preflight.action())
        .isEqualTo(new Action.Preflight(List.of("DELETE", "OPTIONS", "POST", "PUT")));
    assertThat(preflight.function()).isEqualTo(Optional.empty());
  }

  @Test
  void a_fixed_answer_is_the_example_of_the_operation() {
    assertThat(operation(specification, "GET /v1/health").action())
        .isEqualTo(new Action.Fixed(JsonNodeFactory.instance.objectNode().put("status", "ok")));
  }

  @Test
  void lists_each_function_once() {
    assertThat(specification.functions())
        .doesNotHaveDuplicates()
        .hasSize(13)
        .contains("v1.SearchFace", "node.Enroll");
  }

  @Test
  void only_node_loses_its_signature_where_the_key_is_enough() {
    ApiSpecification keyed = specification.with(NodeAuth.KEY);

    assertThat(operation(keyed, "POST /node/{version}/enroll").signed()).isFalse();
    assertThat(operation(keyed, "POST /v1/subjects").signed()).isTrue();
    assertThat(operation(specification, "POST /node/{version}/enroll").signed()).isTrue();
    assertThat(specification.with(NodeAuth.SIGV4)).isSameAs(specification);
  }

  @Test
  void reads_the_limits_the_plan_and_the_cors_policy() {
    assertThat(specification.limits().headerBytes()).isEqualTo(10_240);
    assertThat(specification.limits().gatewayTimeout()).isEqualTo(Duration.ofSeconds(29));
    assertThat(specification.limits().handlerTimeout()).isEqualTo(Duration.ofSeconds(28));
    assertThat(specification.limits().signatureAge()).isEqualTo(Duration.ofMinutes(5));
    assertThat(specification.usagePlan())
        .isEqualTo(new ApiSpecification.Plan(200, 400, 100_000, "DAY"));
    assertThat(specification.cors().allowHeaders()).contains("x-api-key");
    assertThat(specification.cors().exposeHeaders()).contains("x-correlation-id");
    assertThat(specification.cors().maxAge()).isPositive();
  }

  @Test
  void the_public_document_has_no_part_for_gateways() throws Exception {
    JsonNode json = new ObjectMapper().readTree(specification.publicDocument(Format.JSON));
    JsonNode yaml = new YAMLMapper().readTree(specification.publicDocument(Format.YAML));

    assertThat(json).isEqualTo(yaml).isEqualTo(specification.publicDocument());
    assertThat(json.findValue("x-facet-function")).isNull();
    assertThat(json.toString()).doesNotContain("\"x-facet-");
    assertThat(json.required("paths")).hasSameSizeAs(specification.document().required("paths"));
    assertThat(new String(specification.publicDocument(Format.YAML), UTF_8)).startsWith("openapi:");
  }

  @Test
  void a_copy_of_the_document_does_not_change_it() {
    specification.document().removeAll();
    specification.publicDocument().removeAll();

    assertThat(specification.document().has("paths")).isTrue();
  }

  @Test
  void an_operation_without_an_action_is_refused_by_name() {
    assertThatThrownBy(() -> ApiSpecification.parse("paths: {/v1/x: {get: {security: []}}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GET /v1/x")
        .hasMessageContaining("x-facet-function");
    assertThatThrownBy(() -> ApiSpecification.parse("- a list"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ApiSpecification.parse("paths: {"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ApiOperation operation(ApiSpecification specification, String text) {
    return specification.operations().stream()
        .filter(it -> it.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + text));
  }
}
