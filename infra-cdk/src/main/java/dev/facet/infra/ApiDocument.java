package dev.facet.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiOperation.Action;
import dev.facet.spec.ApiSpecification;
import dev.facet.spec.ApiSpecification.Format;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The form of {@code openapi.yaml} that API Gateway imports: each operation with its integration,
 * and the gateway's own responses with CORS headers. It has no request validator, so every 400
 * comes from a handler.
 */
final class ApiDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The gateway's response if it cannot invoke a function, for example at Lambda's limit. */
  private static final String NO_CAPACITY = "INTEGRATION_FAILURE";

  private static final Set<String> EXAMPLES = Set.of("example", "examples");

  /**
   * The content types of requests that the gateway answers itself. It answers all others with 415.
   */
  private static final List<String> MOCK_CONTENT_TYPES =
      List.of(
          "application/json",
          "application/octet-stream",
          "application/x-www-form-urlencoded",
          "application/xml",
          "application/yaml",
          "multipart/form-data",
          "text/plain",
          "text/xml");

  /** The specification that clients get; it describes signatures even where /node has none. */
  private final ApiSpecification published;

  private final ApiSpecification specification;
  private final List<String> allowOrigins;

  ApiDocument(ApiSpecification specification, DeploymentSettings settings) {
    this.published = specification;
    this.specification = specification.with(settings.access().nodeAuth());
    this.allowOrigins = settings.service().allowOrigins();
  }

  /** Returns the specification with the security that this deployment requires. */
  ApiSpecification specification() {
    return specification;
  }

  /**
   * Returns the document for the gateway.
   *
   * @param name the API's name, a dimension of its metrics
   * @param invocation maps a function's name to the URI of its invocation
   */
  Map<String, Object> body(String name, UnaryOperator<String> invocation) {
    ObjectNode body = specification.publicDocument();
    ((ObjectNode) body.required("info")).put("title", name);
    // API Gateway would derive a base path from it
    body.remove("servers");
    for (ApiOperation operation : specification.operations()) {
      ObjectNode definition = definition(body, operation);
      definition.set(
          "x-amazon-apigateway-integration", integration(operation, definition, invocation));
      separateSchemes(definition);
    }
    body.set("x-amazon-apigateway-gateway-responses", gatewayResponses());
    // API Gateway's models do not support examples
    removeExamples(body);
    return JSON.convertValue(body, new TypeReference<>() {});
  }

  /**
   * Puts each required scheme, signature and API key, into a separate object. OpenAPI reads such
   * objects as alternatives, but API Gateway requires all of them; SAM's transform writes the same
   * form.
   */
  private static void separateSchemes(ObjectNode definition) {
    JsonNode together = definition.path("security").path(0);
    ArrayNode each = definition.putArray("security");
    together
        .properties()
        .forEach(scheme -> each.addObject().set(scheme.getKey(), scheme.getValue()));
  }

  private static ObjectNode definition(ObjectNode body, ApiOperation operation) {
    return (ObjectNode)
        body.required("paths")
            .required(operation.path())
            .required(operation.method().toLowerCase(Locale.ROOT));
  }

  private ObjectNode integration(
      ApiOperation operation, ObjectNode definition, UnaryOperator<String> invocation) {
    return switch (operation.action()) {
      case Action.Invoke(String function) -> lambdaProxy(invocation.apply(function));
      case Action.Preflight(List<String> methods) -> preflight(methods);
      case Action.Fixed(JsonNode content) ->
          document(Format.JSON.contentType(), content.toString(), definition);
      case Action.Describe(Format format) -> document(format.contentType(), template(), definition);
    };
  }

  private ObjectNode lambdaProxy(String uri) {
    return JSON.createObjectNode()
        .put("type", "aws_proxy")
        .put("httpMethod", "POST")
        .put("uri", uri)
        .put("passthroughBehavior", "when_no_match")
        .put(
            "timeoutInMillis", Math.toIntExact(specification.limits().gatewayTimeout().toMillis()));
  }

  private ObjectNode preflight(List<String> methods) {
    ApiSpecification.Cors cors = specification.cors();
    ObjectNode answer = JSON.createObjectNode().put("statusCode", "200");
    answer
        .putObject("responseParameters")
        .put(methodHeader("access-control-allow-origin"), quoted(firstOrigin()))
        .put(methodHeader("access-control-allow-methods"), quoted(String.join(",", methods)))
        .put(
            methodHeader("access-control-allow-headers"),
            quoted(String.join(",", cors.allowHeaders())))
        .put(
            methodHeader("access-control-expose-headers"),
            quoted(String.join(",", cors.exposeHeaders())))
        .put(
            methodHeader("access-control-max-age"),
            quoted(String.valueOf(cors.maxAge().toSeconds())));
    answer.putObject("responseTemplates").put("application/json", echoOfAllowedOrigin());
    return mock(answer);
  }

  /**
   * Returns an Apache Velocity template that echoes the page's origin if it is one of several
   * allowed ones. The client decides the case of the header's name: it is lower case under HTTP/2.
   */
  private String echoOfAllowedOrigin() {
    if (allowOrigins.size() == 1) {
      return "";
    }
    String allowed =
        String.join(" || ", allowOrigins.stream().map(o -> "$origin == \"" + o + "\"").toList());
    return """
    #set($origin = $input.params().header.get("Origin"))
    #if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end
    #if(%s)#set($context.responseOverride.header.access-control-allow-origin = $origin)#end
    """
        .formatted(allowed);
  }

  /** Returns an integration that answers with a text, which pages may read. */
  private ObjectNode document(String type, String template, ObjectNode definition) {
    Map<String, String> headers =
        new TreeMap<>(Map.of("content-type", type, "access-control-allow-origin", firstOrigin()));
    ObjectNode declared = definition.withObject("/responses/200/headers");
    ObjectNode answer = JSON.createObjectNode().put("statusCode", "200");
    ObjectNode parameters = answer.putObject("responseParameters");
    headers.forEach(
        (name, value) -> {
          declared.putObject(name).putObject("schema").put("type", "string");
          parameters.put(methodHeader(name), quoted(value));
        });
    answer.putObject("responseTemplates").put(type, echoOfAllowedOrigin() + template);
    return mock(answer);
  }

  /**
   * Returns the specification as a template: JSON, which is YAML too. Templates are written in
   * Apache Velocity, where {@code $} and {@code #} are special; in JSON both occur only in strings,
   * where they can be escaped.
   */
  private String template() {
    return new String(published.publicDocument(Format.JSON), UTF_8)
        .replace("$", "\\u0024")
        .replace("#", "\\u0023");
  }

  /**
   * Returns an integration that answers by itself. A request is never passed through: a mock reads
   * its status from the mapped request, so any request without a template would be a 500.
   */
  private static ObjectNode mock(ObjectNode answer) {
    ObjectNode mock =
        JSON.createObjectNode().put("type", "mock").put("passthroughBehavior", "never");
    ObjectNode templates = mock.putObject("requestTemplates");
    MOCK_CONTENT_TYPES.forEach(type -> templates.put(type, "{\"statusCode\": 200}"));
    mock.putObject("responses").set("default", answer);
    return mock;
  }

  /** Returns the gateway's own error responses, with headers that let pages read them. */
  private ObjectNode gatewayResponses() {
    ObjectNode responses = JSON.createObjectNode();
    String exposed = quoted(String.join(",", specification.cors().exposeHeaders()));
    // these can't depend on the origin, and they contain no personal data
    String origin = quoted(allowOrigins.size() == 1 ? firstOrigin() : "*");
    for (String kind : List.of("DEFAULT_4XX", "DEFAULT_5XX", NO_CAPACITY)) {
      responses
          .putObject(kind)
          .putObject("responseParameters")
          .put("gatewayresponse.header.access-control-allow-origin", origin)
          .put("gatewayresponse.header.access-control-expose-headers", exposed);
    }
    ObjectNode noCapacity = responses.withObject("/" + NO_CAPACITY).put("statusCode", "503");
    noCapacity
        .withObject("/responseParameters")
        .put("gatewayresponse.header.retry-after", quoted("2"));
    noCapacity
        .putObject("responseTemplates")
        .put("application/json", "{\"message\":\"Service Unavailable\"}");
    return responses;
  }

  private String firstOrigin() {
    return allowOrigins.getFirst();
  }

  private static String methodHeader(String name) {
    return "method.response.header." + name;
  }

  /** Returns a string literal of API Gateway's mapping language. */
  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private static void removeExamples(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(EXAMPLES);
    }
    node.forEach(ApiDocument::removeExamples);
  }
}
