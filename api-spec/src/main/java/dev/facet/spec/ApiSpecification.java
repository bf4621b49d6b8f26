package dev.facet.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The specification of the API, {@code openapi.yaml}: its operations, and the values of its
 * extensions {@code x-facet-*}, which a gateway needs. Immutable.
 */
public final class ApiSpecification {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private static final String NODE = "/node/";

  private final ObjectNode root;
  private final List<ApiOperation> operations;

  /** An output format of the specification. */
  public enum Format {
    JSON("application/json"),
    YAML("application/yaml");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    /** Returns the value of the header {@code content-type}. */
    public String contentType() {
      return contentType;
    }
  }

  /**
   * The limits on requests.
   *
   * @param headerBytes the maximum size of request line and headers
   * @param gatewayTimeout how long the gateway waits for a handler
   * @param handlerTimeout the timeout that a handler sees
   * @param signatureAge the maximum distance of a signature's date from now
   */
  public record Limits(
      int headerBytes, Duration gatewayTimeout, Duration handlerTimeout, Duration signatureAge) {}

  /**
   * The usage plan that a new API key joins unless another is named.
   *
   * @param rate requests per second
   * @param burst the size of the token bucket
   * @param quota the maximum number of requests in a period
   * @param period the period of the quota: {@code DAY}, {@code WEEK} or {@code MONTH}
   */
  public record Plan(double rate, int burst, long quota, String period) {}

  /**
   * The CORS policy, apart from the allowed origins, which are a setting.
   *
   * @param allowHeaders the headers that pages may send
   * @param exposeHeaders the headers that pages may read
   * @param maxAge how long a browser may cache a preflight response
   */
  public record Cors(List<String> allowHeaders, List<String> exposeHeaders, Duration maxAge) {}

  private ApiSpecification(ObjectNode root) {
    this.root = root;
    this.operations = operations(root);
  }

  /** Parses the specification that the build puts on the class path. */
  public static ApiSpecification bundled() {
    try (InputStream yaml = ApiSpecification.class.getResourceAsStream("/openapi.yaml")) {
      if (yaml == null) {
        throw new IllegalStateException("openapi.yaml is missing from the class path");
      }
      return new ApiSpecification((ObjectNode) YAML.readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Parses a specification.
   *
   * @throws IllegalArgumentException if it is not YAML, or an operation has no known action
   */
  public static ApiSpecification parse(String yaml) {
    try {
      if (YAML.readTree(yaml) instanceof ObjectNode root) {
        return new ApiSpecification(root);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the specification is not YAML", e);
    }
    throw new IllegalArgumentException("the specification is not a YAML mapping");
  }

  /** Returns the same API with another authentication for requests under {@code /node}. */
  public ApiSpecification with(NodeAuth auth) {
    return switch (auth) {
      case SIGV4 -> this;
      case KEY -> withUnsignedNode();
    };
  }

  private ApiSpecification withUnsignedNode() {
    ObjectNode copy = document();
    copy.required("paths")
        .propertyStream()
        .filter(path -> path.getKey().startsWith(NODE))
        .flatMap(path -> path.getValue().valueStream())
        .forEach(operation -> ((ObjectNode) operation).putArray("security"));
    return new ApiSpecification(copy);
  }

  /** Returns all operations, in the document's order. */
  public List<ApiOperation> operations() {
    return operations;
  }

  /** Returns the names of the functions that operations invoke, without duplicates. */
  public List<String> functions() {
    return operations.stream()
        .flatMap(operation -> operation.function().stream())
        .distinct()
        .toList();
  }

  /** Returns the limits on requests. */
  public Limits limits() {
    JsonNode limits = root.required("x-facet-limits");
    return new Limits(
        limits.required("headerBytes").intValue(),
        Duration.ofMillis(limits.required("gatewayTimeoutMillis").longValue()),
        Duration.ofMillis(limits.required("handlerTimeoutMillis").longValue()),
        Duration.ofSeconds(limits.required("signatureAgeSeconds").longValue()));
  }

  /** Returns the default usage plan. */
  public Plan usagePlan() {
    JsonNode plan = root.required("x-facet-usage-plan");
    JsonNode quota = plan.required("quota");
    return new Plan(
        plan.required("rate").doubleValue(),
        plan.required("burst").intValue(),
        quota.required("limit").longValue(),
        quota.required("period").textValue());
  }

  /** Returns the CORS policy. */
  public Cors cors() {
    JsonNode cors = root.required("x-facet-cors");
    return new Cors(
        texts(cors.required("allowHeaders")),
        texts(cors.required("exposeHeaders")),
        Duration.ofSeconds(cors.required("maxAgeSeconds").longValue()));
  }

  /** Returns a copy of the whole document, with the extensions. */
  public ObjectNode document() {
    return root.deepCopy();
  }

  /** Returns a copy of the document without the parts for gateways: extensions, integrations. */
  public ObjectNode publicDocument() {
    ObjectNode copy = document();
    removeGatewayParts(copy);
    return copy;
  }

  /** Returns {@link #publicDocument()} as UTF-8 text. */
  public byte[] publicDocument(Format format) {
    ObjectMapper mapper =
        switch (format) {
          case JSON -> JSON;
          case YAML -> YAML;
        };
    try {
      return mapper.writeValueAsBytes(publicDocument());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document that was parsed cannot be written", e);
    }
  }

  private static void removeGatewayParts(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(
          object
              .propertyStream()
              .map(Map.Entry::getKey)
              .filter(ApiSpecification::isForGateways)
              .toList());
    }
    node.forEach(ApiSpecification::removeGatewayParts);
  }

  private static boolean isForGateways(String name) {
    return name.startsWith("x-facet-") || name.equals("x-amazon-apigateway-integration");
  }

  private static List<ApiOperation> operations(ObjectNode root) {
    List<ApiOperation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.required("paths").properties()) {
      List<String> methods =
          path.getValue().propertyStream().map(e -> upper(e.getKey())).sorted().toList();
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        operations.add(
            operation(upper(operation.getKey()), path.getKey(), operation.getValue(), methods));
      }
    }
    return List.copyOf(operations);
  }

  private static ApiOperation operation(
      String method, String path, JsonNode definition, List<String> methods) {
    JsonNode security = definition.path("security");
    return new ApiOperation(
        method,
        path,
        action(method, path, definition, methods),
        security.findValue("sigv4") != null,
        security.findValue("api_key") != null,
        definition);
  }

  private static ApiOperation.Action action(
      String method, String path, JsonNode definition, List<String> methods) {
    if (definition.has("x-facet-function")) {
      return new ApiOperation.Action.Invoke(definition.get("x-facet-function").textValue());
    }
    return switch (definition.path("x-facet-gateway").asText()) {
      case "cors" -> new ApiOperation.Action.Preflight(methods);
      case "fixed" ->
          new ApiOperation.Action.Fixed(
              definition.requiredAt("/responses/200/content/application~1json/example"));
      case "specification" ->
          new ApiOperation.Action.Describe(path.endsWith(".json") ? Format.JSON : Format.YAML);
      default ->
          throw new IllegalArgumentException(
              method
                  + " "
                  + path
                  + " has no action; set x-facet-function, or x-facet-gateway to cors, fixed or"
                  + " specification");
    };
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::textValue).toList();
  }

  private static String upper(String method) {
    return method.toUpperCase(Locale.ROOT);
  }
}
