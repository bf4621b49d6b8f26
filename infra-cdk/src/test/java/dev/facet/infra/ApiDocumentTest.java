package dev.facet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.facet.spec.ApiSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  private static final String INTEGRATION = "x-amazon-apigateway-integration";

  @Test
  void every_operation_of_the_specification_is_there_and_answered() throws Exception {
    JsonNode written = YAML.readTree(Synthesis.ROOT.resolve("openapi.yaml").toFile()).path("paths");
    JsonNode imported = body(Map.of()).path("paths");

    assertThat(routes(imported)).isEqualTo(routes(written)).hasSizeGreaterThan(15);
    imported.forEach(
        path -> path.forEach(operation -> assertThat(operation.has(INTEGRATION)).isTrue()));
  }

  @Test
  void handlers_are_invoked_with_the_gateways_patience() {
    JsonNode integration = operation(body(Map.of()), "/v1/subjects", "post").path(INTEGRATION);

    assertThat(integration.path("type").asText()).isEqualTo("aws_proxy");
    assertThat(integration.path("httpMethod").asText()).isEqualTo("POST");
    assertThat(integration.path("uri").asText()).isEqualTo("invoke v1.RegisterSubject");
    assertThat(integration.path("timeoutInMillis").asInt()).isEqualTo(29_000);
  }

  @Test
  void nothing_validates_requests_before_the_handlers() {
    assertThat(body(Map.of()).toString()).doesNotContain("request-validator");
  }

  @Test
  void models_are_what_api_gateways_json_schema_knows() {
    JsonNode body = body(Map.of());

    body.at("/components/schemas")
        .properties()
        .forEach(
            model -> {
              assertThat(model.getKey()).matches("[A-Za-z0-9]+");
              assertThat(model.getValue().path("type").asText()).as(model.getKey()).isNotEmpty();
            });
    for (String unknown :
        List.of("example", "examples", "nullable", "oneOf", "anyOf", "discriminator", "readOnly")) {
      assertThat(body.findValues(unknown)).as(unknown).isEmpty();
    }
  }

  @Test
  void every_path_is_one_that_api_gateway_can_have() {
    for (String path : routes(body(Map.of()).path("paths")).keySet()) {
      assertThat(path).matches("(/([A-Za-z0-9.:_-]+|\\{[A-Za-z0-9._-]+}))+");
    }
  }

  /** Or API Gateway refuses the whole document. */
  @Test
  void every_header_that_the_gateway_answers_with_itself_is_declared() {
    JsonNode paths = body(Map.of()).path("paths");

    paths.forEach(
        path ->
            path.forEach(
                operation ->
                    operation
                        .at("/x-amazon-apigateway-integration/responses/default/responseParameters")
                        .propertyStream()
                        .map(header -> header.getKey().replace("method.response.header.", ""))
                        .forEach(
                            header ->
                                assertThat(operation.at("/responses/200/headers").has(header))
                                    .as("%s of %s", header, operation.path("operationId"))
                                    .isTrue())));
  }

  /** A mock fails with 500 on a request that no template maps. */
  @Test
  void a_mock_maps_each_request_or_refuses_it() {
    List<JsonNode> mocks =
        body(Map.of()).path("paths").findValues(INTEGRATION).stream()
            .filter(integration -> integration.path("type").asText().equals("mock"))
            .toList();

    assertThat(mocks).hasSizeGreaterThan(15);
    for (JsonNode mock : mocks) {
      assertThat(mock.path("passthroughBehavior").asText()).isEqualTo("never");
      assertThat(mock.path("requestTemplates").propertyStream().map(Map.Entry::getKey))
          .contains("application/json", "text/plain", "application/x-www-form-urlencoded");
      mock.path("requestTemplates")
          .forEach(template -> assertThat(template.asText()).isEqualTo("{\"statusCode\": 200}"));
    }
  }

  @Test
  void pages_may_read_the_specification() {
    JsonNode parameters =
        operation(body(Map.of("allowOrigins", "https://a.example")), "/openapi.json", "get")
            .at("/x-amazon-apigateway-integration/responses/default/responseParameters");

    assertThat(parameters.path("method.response.header.access-control-allow-origin").asText())
        .isEqualTo("'https://a.example'");
    assertThat(parameters.path("method.response.header.content-type").asText())
        .isEqualTo("'application/json'");
  }

  @Test
  void node_is_signed_unless_the_key_is_enough_and_the_rest_always() {
    JsonNode signed = body(Map.of());
    JsonNode keyed = body(Map.of("nodeAuth", "key"));

    assertThat(security(signed, "/node/{version}/enroll")).contains("sigv4");
    assertThat(security(keyed, "/node/{version}/enroll")).isEqualTo("[]");
    assertThat(security(keyed, "/v1/subjects")).contains("sigv4").contains("api_key");
  }

  @Test
  void signature_and_key_are_required_in_api_gateways_form() {
    JsonNode body = body(Map.of());

    assertThat(security(body, "/v1/subjects")).isEqualTo("[{\"sigv4\":[]},{\"api_key\":[]}]");
    assertThat(security(body, "/node/{version}/enroll")).isEqualTo("[{\"sigv4\":[]}]");
    assertThat(operation(body, "/v1/subjects", "options").required("security")).isEmpty();
    assertThat(body.at("/components/securitySchemes/sigv4/x-amazon-apigateway-authtype").asText())
        .isEqualTo("awsSigv4");
  }

  @Test
  void a_page_of_any_origin_or_of_the_only_one_may_read() {
    assertThat(allowedByPreflight(body(Map.of()))).isEqualTo("'*'");
    assertThat(allowedByPreflight(body(Map.of("allowOrigins", "https://a.example"))))
        .isEqualTo("'https://a.example'");
  }

  @Test
  void one_of_several_origins_is_echoed() {
    JsonNode answer =
        operation(
                body(Map.of("allowOrigins", "https://a.example,https://b.example")),
                "/v1/subjects",
                "options")
            .at("/x-amazon-apigateway-integration/responses/default");

    assertThat(answer.at("/responseTemplates/application~1json").asText())
        .contains("header.get(\"Origin\")", "header.get(\"origin\")")
        .contains("$origin == \"https://a.example\" || $origin == \"https://b.example\"")
        .contains("responseOverride.header.access-control-allow-origin = $origin");
  }

  @Test
  void the_gateways_own_answers_are_readable_for_pages() {
    JsonNode responses = body(Map.of()).path("x-amazon-apigateway-gateway-responses");

    for (String kind : new String[] {"DEFAULT_4XX", "DEFAULT_5XX", "INTEGRATION_FAILURE"}) {
      assertThat(
              responses
                  .path(kind)
                  .path("responseParameters")
                  .path("gatewayresponse.header.access-control-allow-origin")
                  .asText())
          .isEqualTo("'*'");
    }
  }

  @Test
  void an_invocation_that_lambda_rejects_is_503_and_may_be_repeated() {
    JsonNode response =
        body(Map.of()).at("/x-amazon-apigateway-gateway-responses/INTEGRATION_FAILURE");

    assertThat(response.path("statusCode").asText()).isEqualTo("503");
    assertThat(response.at("/responseParameters/gatewayresponse.header.retry-after").asText())
        .isEqualTo("'2'");
    assertThat(response.at("/responseTemplates/application~1json").asText())
        .isEqualTo("{\"message\":\"Service Unavailable\"}");
  }

  @Test
  void the_served_specification_has_no_extensions_and_no_template_signs() throws Exception {
    String template =
        operation(body(Map.of()), "/openapi.yaml", "get")
            .at(
                "/x-amazon-apigateway-integration/responses/default/responseTemplates/application~1yaml")
            .asText();

    assertThat(template).doesNotContain("$").doesNotContain("#").doesNotContain("x-facet-");
    // API Gateway's limit for a template
    assertThat(template.length()).isLessThan(300_000);
    JsonNode served = YAML.readTree(template);
    assertThat(served.at("/paths/~1v1~1subjects/post/requestBody/content").toString())
        .contains("\"$ref\":\"#/components/schemas/FaceRequest\"");
  }

  private static JsonNode body(Map<String, Object> settings) {
    ApiDocument document =
        new ApiDocument(ApiSpecification.bundled(), DeploymentSettings.from(settings::get));
    return Synthesis.JSON.valueToTree(document.body("Facet", name -> "invoke " + name));
  }

  private static JsonNode operation(JsonNode body, String path, String method) {
    return body.required("paths").required(path).required(method);
  }

  private static String security(JsonNode body, String path) {
    return operation(body, path, "post").required("security").toString();
  }

  private static String allowedByPreflight(JsonNode body) {
    return operation(body, "/v1/subjects", "options")
        .at("/x-amazon-apigateway-integration/responses/default/responseParameters")
        .path("method.response.header.access-control-allow-origin")
        .asText();
  }

  private static Map<String, List<String>> routes(JsonNode paths) {
    return paths
        .propertyStream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                path -> path.getValue().propertyStream().map(Map.Entry::getKey).sorted().toList()));
  }
}
