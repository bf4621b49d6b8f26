package dev.facet.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for API Gateway (REST-JSON), IAM and CloudFormation (Query): answers in their form, as
 * far as this module asks them, and records what it was asked. Its lists come in pages of two.
 */
final class StandIn implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 2;

  final List<String> asked = new ArrayList<>();
  final Map<String, ObjectNode> keys = new LinkedHashMap<>();
  final Map<String, ObjectNode> plans = new LinkedHashMap<>();
  final Map<String, List<String>> members = new TreeMap<>();
  final Map<String, String> stackOutputs = new TreeMap<>();
  final List<String> deadLetters = new ArrayList<>();

  /** Requests that begin so are refused with status 500. */
  String failing = "nothing";

  /** Others. */
  String alsoFailing = "nothing";

  /** Whether listings don't show keys yet. */
  boolean lagging;

  private final HttpServer server;
  private int made;

  /** An answer. */
  private record Answer(int status, String body, String errorType) {
    static Answer of(int status, JsonNode body) {
      return new Answer(status, body.toString(), "");
    }

    static Answer xml(int status, String body) {
      return new Answer(status, body, "");
    }

    static Answer refused(int status, String type) {
      return new Answer(status, "{\"message\":\"refused\"}", type);
    }
  }

  StandIn() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Answer answer = answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
      if (!answer.errorType().isEmpty()) {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.errorType());
      }
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Answer answer(String method, URI uri, String body) throws IOException {
    String[] path = uri.getPath().split("/", -1);
    String operation = method + " " + uri.getPath();
    asked.add(operation);
    if (operation.startsWith(failing) || operation.startsWith(alsoFailing)) {
      return Answer.refused(500, "InternalFailure");
    }
    Map<String, String> query = form(uri.getRawQuery());
    return switch (path[1]) {
      case "apikeys" -> apiKeys(method, path.length > 2 ? path[2] : "", query, body);
      case "usageplans" ->
          path.length == 4
              ? member(path[2], JSON.readTree(body))
              : usagePlans(method, path.length > 2 ? path[2] : "", query, body);
      default -> body.startsWith("{") ? queue(JSON.readTree(body)) : query(form(body));
    };
  }

  /** SQS, whose requests are told by what is in them: a listing, a deletion, a new visibility. */
  private Answer queue(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    if (request.has("MaxNumberOfMessages")) {
      ArrayNode messages = answer.putArray("Messages");
      for (String letter : deadLetters) {
        messages
            .addObject()
            .put("MessageId", "m" + letter.hashCode())
            .put("ReceiptHandle", "r")
            .put("MD5OfBody", md5(letter))
            .put("Body", letter);
      }
    } else if (!request.has("VisibilityTimeout") && !request.has("Entries")) {
      deadLetters.clear();
    }
    return Answer.of(200, answer);
  }

  /** SQS sends it along, and its client checks it. */
  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private Answer apiKeys(String method, String id, Map<String, String> query, String body)
      throws IOException {
    return switch (method) {
      case "GET" -> {
        String prefix = query.getOrDefault("name", "");
        yield page(
            keys.values().stream()
                .filter(key -> !lagging && key.path("name").asText().startsWith(prefix))
                .toList(),
            query);
      }
      case "POST" -> {
        ObjectNode key = (ObjectNode) JSON.readTree(body);
        key.put("id", "key" + ++made);
        keys.put(key.path("id").asText(), key);
        yield Answer.of(201, key);
      }
      case "PATCH" -> patched(keys.get(id), body);
      default -> {
        members.values().forEach(ids -> ids.remove(id));
        yield keys.remove(id) == null ? notFound() : new Answer(202, "", "");
      }
    };
  }

  private Answer usagePlans(String method, String id, Map<String, String> query, String body)
      throws IOException {
    return switch (method) {
      case "GET" -> {
        String key = query.get("keyId");
        yield page(
            plans.values().stream()
                .filter(
                    plan ->
                        key == null
                            || members
                                .getOrDefault(plan.path("id").asText(), List.of())
                                .contains(key))
                .toList(),
            query);
      }
      case "POST" -> {
        ObjectNode plan = (ObjectNode) JSON.readTree(body);
        plan.put("id", "plan" + ++made);
        plans.put(plan.path("id").asText(), plan);
        yield Answer.of(201, plan);
      }
      case "PATCH" -> patched(plans.get(id), body);
      default -> deletedPlan(id);
    };
  }

  private Answer deletedPlan(String id) {
    ObjectNode plan = plans.get(id);
    if (plan == null) {
      return notFound();
    }
    if (!plan.path("apiStages").isEmpty()) {
      return Answer.refused(400, "BadRequestException");
    }
    plans.remove(id);
    return new Answer(202, "", "");
  }

  private Answer member(String plan, JsonNode body) {
    if (!plans.containsKey(plan)) {
      return notFound();
    }
    List<String> ids = members.computeIfAbsent(plan, _ -> new ArrayList<>());
    String key = body.path("keyId").asText();
    if (ids.contains(key)) {
      return Answer.refused(409, "ConflictException");
    }
    ids.add(key);
    return Answer.of(201, JSON.createObjectNode().put("id", key).put("type", "API_KEY"));
  }

  private static Answer patched(@Nullable ObjectNode target, String body) throws IOException {
    if (target == null) {
      return notFound();
    }
    for (JsonNode patch : JSON.readTree(body).path("patchOperations")) {
      String path = patch.path("path").asText();
      String value = patch.path("value").asText();
      switch (path) {
        case "/enabled" -> target.put("enabled", Boolean.parseBoolean(value));
        case "/productCode" -> target.put("productCode", value);
        case "/apiStages" -> removeStage((ArrayNode) target.path("apiStages"), value);
        default -> throw new IllegalStateException("unexpected patch of " + path);
      }
    }
    return Answer.of(200, target);
  }

  private static void removeStage(ArrayNode stages, String value) {
    for (int i = stages.size() - 1; i >= 0; i--) {
      JsonNode at = stages.get(i);
      if (value.equals(at.path("apiId").asText() + ":" + at.path("stage").asText())) {
        stages.remove(i);
      }
    }
  }

  private static Answer page(List<ObjectNode> all, Map<String, String> query) {
    int from = Integer.parseInt(query.getOrDefault("position", "0"));
    int to = Math.min(all.size(), from + PAGE);
    ObjectNode page = JSON.createObjectNode();
    page.putArray("item").addAll(all.subList(from, to));
    if (to < all.size()) {
      page.put("position", Integer.toString(to));
    }
    return Answer.of(200, page);
  }

  private Answer query(Map<String, String> form) {
    String action = form.getOrDefault("Action", "");
    return switch (action) {
      case "GetUser" ->
          form.getOrDefault("UserName", "").equals("ann")
              ? principal("User", "User", "arn:aws:iam::123456789012:user/team/ann", "AIDAANN")
              : queryError(404, "NoSuchEntity");
      case "GetRole" ->
          form.getOrDefault("RoleName", "").equals("clerk")
              ? principal("Role", "Role", "arn:aws:iam::123456789012:role/clerk", "AROACLERK")
              : queryError(404, "NoSuchEntity");
      case "DescribeStacks" ->
          form.getOrDefault("StackName", "").equals("facet")
              ? stack()
              : queryError(400, "ValidationError");
      default -> queryError(400, "InvalidAction");
    };
  }

  private static Answer principal(String kind, String title, String arn, String id) {
    return Answer.xml(
        200,
        "<Get%1$sResponse><Get%1$sResult><%1$s><Path>/</Path><%2$sName>n</%2$sName><%2$sId>%4$s</%2$sId><Arn>%3$s</Arn></%1$s></Get%1$sResult></Get%1$sResponse>"
            .formatted(kind, title, arn, id));
  }

  private Answer stack() {
    String outputs =
        stackOutputs.entrySet().stream()
            .map(
                output ->
                    "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                        .formatted(output.getKey(), output.getValue()))
            .collect(Collectors.joining());
    return Answer.xml(
        200,
        "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>facet</StackName><Outputs>%s</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>"
            .formatted(outputs));
  }

  private static Answer queryError(int status, String code) {
    return Answer.xml(
        status,
        "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>no</Message></Error></ErrorResponse>"
            .formatted(code));
  }

  private static Answer notFound() {
    return Answer.refused(404, "NotFoundException");
  }

  private static Map<String, String> form(@Nullable String text) {
    Map<String, String> form = new HashMap<>();
    Stream.of(text == null ? new String[0] : text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], UTF_8)));
    return form;
  }
}
