package dev.facet.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The form of {@code openapi.yaml} that API Gateway imports: each operation with its integration,
 * and the gateway's own responses with CORS headers. It has no request validator, so every 400
 * comes from a handler.
 */
final class ApiDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FUNCTION = "x-facet-function";
  private static final String GATEWAY = "x-facet-gateway";

  private static final Set<String> EXAMPLES = Set.of("example", "examples");

  private final ObjectNode root;
  private final DeploymentSettings.NodeAuth nodeAuth;
  private final List<String> allowOrigins;

  private ApiDocument(ObjectNode root, DeploymentSettings settings) {
    this.root = root;
    this.nodeAuth = settings.access().nodeAuth();
    this.allowOrigins = settings.service().allowOrigins();
  }

  /** Reads the specification. */
  static ApiDocument read(Path specification, DeploymentSettings settings) {
    try {
      return new ApiDocument(
          (ObjectNode) new YAMLMapper().readTree(specification.toFile()), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An operation of the specification.
   *
   * @param method the HTTP method in upper case
   * @param path the path, with its parameters in braces
   * @param definition the operation's definition in the specification
   */
  record Operation(String method, String path, ObjectNode definition) {

    boolean invokes() {
      return definition.has(FUNCTION);
    }

    /** Returns the function's name, such as {@code node.Enroll}. */
    String function() {
      return definition.required(FUNCTION).textValue();
    }

    boolean signed() {
      return definition.path("security").findValue("sigv4") != null;
    }
  }

  /** Returns all operations, with the security that this deployment requires. */
  List<Operation> operations() {
    return operations(secured());
  }

  /** Returns the names of the functions that operations invoke, without duplicates. */
  List<String> functions() {
    return operations(root).stream()
        .filter(Operation::invokes)
        .map(Operation::function)
        .distinct()
        .toList();
  }

  /** Returns the rate and the quota of the standard usage plan. */
  JsonNode plan() {
    return root.required("x-facet-usage-plan");
  }

  /**
   * Returns the document for the gateway.
   *
   * @param name the API's name, a dimension of its metrics
   * @param invocation maps a function's name to the URI of its invocation
   */
  Map<String, Object> body(String name, UnaryOperator<String> invocation) {
    ObjectNode body = secured();
    ((ObjectNode) body.required("info")).put("title", name);
    // API Gateway would derive a base path from it
    body.remove("servers");
    for (Operation operation : operations(body)) {
      operation
          .definition()
          .set("x-amazon-apigateway-integration", integration(operation, invocation));
      oneByOne(operation.definition());
    }
    body.set("x-amazon-apigateway-gateway-responses", gatewayResponses());
    remove(body, ApiDocument::isOurs);
    // API Gateway's models do not support examples
    remove(body, EXAMPLES::contains);
    return JSON.convertValue(body, new TypeReference<>() {});
  }

  /**
   * Puts each required scheme, signature and API key, into a separate object. OpenAPI reads such
   * objects as alternatives, but API Gateway requires all of them; SAM's transform writes the same
   * form.
   */
  private static void oneByOne(ObjectNode definition) {
    JsonNode together = definition.path("security").path(0);
    ArrayNode each = definition.putArray("security");
    together
        .properties()
        .forEach(scheme -> each.addObject().set(scheme.getKey(), scheme.getValue()));
  }

  private ObjectNode secured() {
    ObjectNode copy = root.deepCopy();
    switch (nodeAuth) {
      case SIGV4 -> {}
      case KEY ->
          operations(copy).stream()
              .filter(operation -> operation.path().startsWith("/node/"))
              .forEach(operation -> operation.definition().putArray("security"));
    }
    return copy;
  }

  private static List<Operation> operations(ObjectNode document) {
    List<Operation> operations = new ArrayList<>();
    document
        .required("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operations.add(
                                new Operation(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    (ObjectNode) operation.getValue()))));
    return operations;
  }

  private ObjectNode integration(Operation operation, UnaryOperator<String> invocation) {
    if (operation.invokes()) {
      return JSON.createObjectNode()
          .put("type", "aws_proxy")
          .put("httpMethod", "POST")
          .put("uri", invocation.apply(operation.function()))
          .put("passthroughBehavior", "when_no_match")
          .put(
              "timeoutInMillis",
              root.required("x-facet-limits").required("gatewayTimeoutMillis").intValue());
    }
    return switch (operation.definition().path(GATEWAY).asText()) {
      case "cors" -> preflight(operation.path());
      case "specification" -> specification(operation);
      default ->
          throw new IllegalArgumentException(operation.path() + " names nobody who answers it");
    };
  }

  private ObjectNode preflight(String path) {
    JsonNode cors = root.required("x-facet-cors");
    ObjectNode answer = JSON.createObjectNode().put("statusCode", "200");
    answer
        .putObject("responseParameters")
        .put(methodHeader("access-control-allow-origin"), quoted(firstOrigin()))
        .put(methodHeader("access-control-allow-methods"), quoted(methods(path)))
        .put(methodHeader("access-control-allow-headers"), quoted(joined(cors, "allowHeaders")))
        .put(methodHeader("access-control-expose-headers"), quoted(joined(cors, "exposeHeaders")))
        .put(
            methodHeader("access-control-max-age"),
            quoted(cors.required("maxAgeSeconds").asText()));
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

  private ObjectNode specification(Operation operation) {
    String type = operation.path().endsWith(".json") ? "application/json" : "application/yaml";
    Map<String, String> headers =
        Map.of("content-type", type, "access-control-allow-origin", firstOrigin());
    ObjectNode declared = operation.definition().withObject("/responses/200/headers");
    ObjectNode answer = JSON.createObjectNode().put("statusCode", "200");
    ObjectNode parameters = answer.putObject("responseParameters");
    headers.forEach(
        (name, value) -> {
          declared.putObject(name).putObject("schema").put("type", "string");
          parameters.put(methodHeader(name), quoted(value));
        });
    answer.putObject("responseTemplates").put(type, echoOfAllowedOrigin() + template());
    return mock(answer);
  }

  /**
   * Returns the specification as a template: JSON, which is YAML too. Templates are written in
   * Apache Velocity, where {@code $} and {@code #} are special; in JSON both occur only in strings,
   * where they can be escaped.
   */
  private String template() {
    ObjectNode copy = root.deepCopy();
    remove(copy, ApiDocument::isOurs);
    try {
      return JSON.writeValueAsString(copy).replace("$", "\\u0024").replace("#", "\\u0023");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }

  private static ObjectNode mock(ObjectNode answer) {
    ObjectNode mock =
        JSON.createObjectNode().put("type", "mock").put("passthroughBehavior", "when_no_match");
    mock.putObject("requestTemplates").put("application/json", "{\"statusCode\": 200}");
    mock.putObject("responses").set("default", answer);
    return mock;
  }

  /** Returns the gateway's own error responses, with headers that let pages read them. */
  private ObjectNode gatewayResponses() {
    ObjectNode responses = JSON.createObjectNode();
    String exposed = quoted(joined(root.required("x-facet-cors"), "exposeHeaders"));
    // these can't depend on the origin, and they contain no personal data
    String origin = quoted(allowOrigins.size() == 1 ? firstOrigin() : "*");
    for (String kind : List.of("DEFAULT_4XX", "DEFAULT_5XX")) {
      responses
          .putObject(kind)
          .putObject("responseParameters")
          .put("gatewayresponse.header.access-control-allow-origin", origin)
          .put("gatewayresponse.header.access-control-expose-headers", exposed);
    }
    return responses;
  }

  private String methods(String path) {
    return String.join(
        ",",
        operations(root).stream()
            .filter(operation -> operation.path().equals(path))
            .map(Operation::method)
            .sorted()
            .toList());
  }

  private String firstOrigin() {
    return allowOrigins.getFirst();
  }

  private static String joined(JsonNode cors, String names) {
    return String.join(",", cors.required(names).valueStream().map(JsonNode::textValue).toList());
  }

  private static String methodHeader(String name) {
    return "method.response.header." + name;
  }

  /** Returns a string literal of API Gateway's mapping language. */
  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private static boolean isOurs(String name) {
    return name.startsWith("x-facet-");
  }

  private static void remove(JsonNode node, Predicate<String> names) {
    if (node instanceof ObjectNode object) {
      object.remove(object.propertyStream().map(Map.Entry::getKey).filter(names).toList());
    }
    node.forEach(child -> remove(child, names));
  }
}
