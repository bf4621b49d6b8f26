package dev.facet.local.apigateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of {@code openapi.yaml} that a gateway uses, and the copy that it serves to clients.
 */
public final class Specification {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private final JsonNode root;
  private final Map<Format, byte[]> served;

  /** An output format of the specification. */
  enum Format {
    JSON("application/json"),
    YAML("application/yaml");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }
  }

  /**
   * The gateway's limits on requests.
   *
   * @param headerBytes the maximum size of request line and headers
   * @param gatewayTimeout how long the gateway waits for a handler
   * @param handlerTimeout the timeout that a handler sees
   * @param signatureAge the maximum distance of a signature's date from now
   */
  public record Limits(
      int headerBytes, Duration gatewayTimeout, Duration handlerTimeout, Duration signatureAge) {}

  private Specification(JsonNode root) {
    this.root = root;
    JsonNode clean = withoutOurs(root.deepCopy());
    this.served =
        Map.of(Format.JSON, write(Format.JSON, clean), Format.YAML, write(Format.YAML, clean));
  }

  /** Parses the specification that the build puts on the class path. */
  public static Specification bundled() {
    try (InputStream yaml = Specification.class.getResourceAsStream("/openapi.yaml")) {
      if (yaml == null) {
        throw new IllegalStateException("openapi.yaml is missing from the class path");
      }
      return read(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Specification read(InputStream yaml) throws IOException {
    return new Specification(YAML.readTree(yaml));
  }

  /** Returns the same API with another authentication for requests under {@code /node}. */
  public Specification with(NodeAuth auth) {
    return switch (auth) {
      case SIGV4 -> this;
      case KEY -> withUnsignedNode();
    };
  }

  private Specification withUnsignedNode() {
    JsonNode copy = root.deepCopy();
    copy.required("paths")
        .propertyStream()
        .filter(path -> path.getKey().startsWith("/node/"))
        .flatMap(path -> path.getValue().valueStream())
        .forEach(operation -> ((ObjectNode) operation).putArray("security"));
    return new Specification(copy);
  }

  /** Returns the gateway's limits. */
  public Limits limits() {
    JsonNode limits = root.required("x-facet-limits");
    return new Limits(
        limits.required("headerBytes").intValue(),
        Duration.ofMillis(limits.required("gatewayTimeoutMillis").longValue()),
        Duration.ofMillis(limits.required("handlerTimeoutMillis").longValue()),
        Duration.ofSeconds(limits.required("signatureAgeSeconds").longValue()));
  }

  /** Returns the plan that a new key joins unless another is named. */
  public UsagePlan plan() {
    JsonNode plan = root.required("x-facet-usage-plan");
    JsonNode quota = plan.required("quota");
    return new UsagePlan(
        "default",
        plan.required("rate").doubleValue(),
        plan.required("burst").intValue(),
        new Quota(
            quota.required("limit").longValue(),
            Period.valueOf(quota.required("period").textValue())));
  }

  /** Returns the names of the functions that operations invoke. */
  public List<String> functions() {
    return routes().stream()
        .map(Route::action)
        .filter(Route.Action.Invoke.class::isInstance)
        .map(action -> ((Route.Action.Invoke) action).function())
        .distinct()
        .toList();
  }

  /** Returns the operations on paths with a prefix, each as {@code METHOD /path/{parameter}}. */
  public List<String> operationsUnder(String prefix) {
    return routes().stream()
        .filter(route -> route.template().startsWith(prefix))
        .map(route -> route.method() + " " + route.template())
        .toList();
  }

  /** Returns the operations that need an API key, each as {@code METHOD /path/{parameter}}. */
  public List<String> keyedOperations() {
    return routes().stream()
        .filter(Route::keyed)
        .map(route -> route.method() + " " + route.template())
        .toList();
  }

  /** Returns the CORS policy for pages of other origins. */
  CorsPolicy preflight(List<String> allowedOrigins) {
    JsonNode cors = root.required("x-facet-cors");
    return new CorsPolicy(
        allowedOrigins,
        texts(cors.required("allowHeaders")),
        Duration.ofSeconds(cors.required("maxAgeSeconds").longValue()));
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.required("paths").properties()) {
      List<String> methods =
          path.getValue().propertyStream().map(e -> upper(e.getKey())).sorted().toList();
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        routes.add(route(upper(operation.getKey()), path.getKey(), operation.getValue(), methods));
      }
    }
    return routes;
  }

  /** Returns the specification without gateway-specific parts. */
  GatewayResponse served(Format format) {
    return GatewayResponse.of(200, format.contentType, served.getOrDefault(format, new byte[0]));
  }

  private static Route route(
      String method, String template, JsonNode operation, List<String> methods) {
    JsonNode security = operation.path("security");
    return new Route(
        method,
        template,
        action(template, operation, methods),
        security.findValue("sigv4") != null,
        security.findValue("api_key") != null);
  }

  private static Route.Action action(String template, JsonNode operation, List<String> methods) {
    if (operation.has("x-facet-function")) {
      return new Route.Action.Invoke(operation.get("x-facet-function").textValue());
    }
    String gateway = operation.path("x-facet-gateway").asText();
    return switch (gateway) {
      case "cors" -> new Route.Action.Preflight(methods);
      case "specification" ->
          new Route.Action.Describe(template.endsWith(".json") ? Format.JSON : Format.YAML);
      default -> throw new IllegalStateException(template + " names nobody who answers it");
    };
  }

  /** Removes the parts for gateways only: Facet's extensions and the integrations. */
  private static JsonNode withoutOurs(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> ours =
          object
              .propertyStream()
              .map(Map.Entry::getKey)
              .filter(
                  name ->
                      name.startsWith("x-facet-") || name.equals("x-amazon-apigateway-integration"))
              .toList();
      object.remove(ours);
    }
    node.forEach(Specification::withoutOurs);
    return node;
  }

  private static byte[] write(Format format, JsonNode node) {
    try {
      return switch (format) {
        case JSON -> JSON.writeValueAsBytes(node);
        case YAML -> YAML.writeValueAsBytes(node);
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::textValue).toList();
  }

  private static String upper(String method) {
    return method.toUpperCase(Locale.ROOT);
  }
}
