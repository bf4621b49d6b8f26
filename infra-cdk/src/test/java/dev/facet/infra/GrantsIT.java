package dev.facet.infra;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.Wiring;
import dev.facet.aws.Tables;
import dev.facet.core.retry.Retries;
import dev.facet.face.lambda.FaceHandler;
import dev.facet.infra.CallGraph.Target;
import dev.facet.keys.ApiGatewayKeys;
import dev.facet.keys.RepairKeysHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Compares the permissions of each function with the AWS calls that its code can reach. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GrantsIT {

  private static final Pattern CLIENT =
      Pattern.compile("software/amazon/awssdk/services/([a-z0-9]+)/[A-Za-z0-9]+Client");

  private static final String TRANSACTION =
      "software/amazon/awssdk/services/dynamodb/model/TransactWriteItem$Builder";

  /** The permissions that an item of a transaction needs, by the builder's method. */
  private static final Map<String, String> TRANSACTION_ACTIONS =
      Map.of(
          "put", "dynamodb:PutItem",
          "update", "dynamodb:UpdateItem",
          "delete", "dynamodb:DeleteItem",
          "conditionCheck", "dynamodb:ConditionCheckItem");

  /** API Gateway's own API has an action for each HTTP method. */
  private static final Map<String, String> GATEWAY_ACTIONS =
      Map.of("get", "GET", "create", "POST", "update", "PATCH", "delete", "DELETE");

  /** The actions by which Lambda polls a queue with the function's role. */
  private static final Set<String> POLLING =
      Set.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

  private final Synthesis synthesis = Synthesis.ofDefaults();
  private final CallGraph graph;

  GrantsIT() throws IOException {
    graph =
        CallGraph.around(
            FaceHandler.class, Wiring.class, RepairKeysHandler.class, Tables.class, Retries.class);
  }

  @Test
  void every_granted_action_is_used() {
    Map<String, Set<String>> unused = new TreeMap<>();
    functions()
        .forEach(
            (handler, role) -> {
              Set<String> granted = granted(role);
              granted.removeAll(used(handler));
              if (polls(role)) {
                granted.removeAll(POLLING);
              }
              if (!granted.isEmpty()) {
                unused.put(handler, granted);
              }
            });

    assertThat(unused).isEmpty();
  }

  @Test
  void every_used_action_is_granted() {
    Map<String, Set<String>> missing = new TreeMap<>();
    functions()
        .forEach(
            (handler, role) -> {
              Set<String> used = used(handler);
              used.removeAll(granted(role));
              if (!used.isEmpty()) {
                missing.put(handler, used);
              }
            });

    assertThat(missing).isEmpty();
  }

  @Test
  void each_function_reaches_its_own_partitions_of_the_data_table() {
    Map<String, Map<String, Set<String>>> partitions = new TreeMap<>();
    functions()
        .forEach(
            (handler, role) -> {
              Map<String, Set<String>> actions = new TreeMap<>();
              for (JsonNode statement : statements(role)) {
                if (statement.path("Resource").toString().contains("StoresData")) {
                  Set<String> keys =
                      texts(statement.at("/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys"))
                          .collect(toCollection(TreeSet::new));
                  assertThat(keys).as(handler).isNotEmpty();
                  texts(statement.required("Action"))
                      .forEach(
                          action ->
                              actions.computeIfAbsent(action, a -> new TreeSet<>()).addAll(keys));
                }
              }
              partitions.put(handler.substring(handler.lastIndexOf('.') + 1), actions);
            });

    assertThat(partitions.get("SearchFaceHandler"))
        .isEqualTo(Map.of("dynamodb:GetItem", Set.of("application#*")));
    assertThat(partitions.get("PredictHandler"))
        .isEqualTo(
            Map.of(
                "dynamodb:GetItem", Set.of("application#*", "plan#*"),
                "dynamodb:UpdateItem", Set.of("usage#*")));
    assertThat(partitions.get("EnrolmentWorkerHandler"))
        .isEqualTo(
            Map.of("dynamodb:GetItem", Set.of("job#*"), "dynamodb:PutItem", Set.of("job#*")));
    Map<String, Set<String>> face = requireNonNull(partitions.get("FaceHandler"));
    assertThat(face.get("dynamodb:PutItem"))
        .containsExactly(
            "erasure#*", "gallery#*", "identifier#*", "log-erasure#*", "op#*", "subject#*");
    assertThat(face.get("dynamodb:GetItem"))
        .contains("application#*")
        .doesNotContain("job#*", "plan#*", "usage#*");
  }

  @Test
  void the_repair_deletes_keys_with_our_tag_only() {
    assertThat(RepairSchedule.KEY_TAG).isEqualTo(ApiGatewayKeys.TAG);
    List<JsonNode> changes =
        statements(requireNonNull(functions().get(RepairKeysHandler.class.getName()))).stream()
            .filter(statement -> statement.path("Resource").toString().contains("/apikeys/*"))
            .toList();

    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().path("Action").asText()).isEqualTo("apigateway:DELETE");
    assertThat(changes.getFirst().at("/Condition/Null/aws:ResourceTag~1facet:record").asText())
        .isEqualTo("false");
  }

  /** Encryption at rest: a service uses the key for its callers, so they must call the service. */
  @Test
  void keys_are_used_only_through_services_that_are_called() {
    functions()
        .forEach(
            (handler, role) -> {
              Set<String> services = new TreeSet<>();
              used(handler).forEach(action -> services.add(action.split(":")[0]));
              if (polls(role)) {
                services.add("sqs");
              }
              for (JsonNode statement : statements(role)) {
                assertThat(services).as(handler).containsAll(servicesOfKey(statement));
              }
            });
  }

  /** Returns the logical id of each function's role, by the handler's class. */
  private Map<String, String> functions() {
    Map<String, String> roles = new LinkedHashMap<>();
    for (JsonNode function : synthesis.functions()) {
      String handler =
          function.path("PackageType").asText().equals("Image")
              ? FaceHandler.class.getName()
              : function.required("Handler").textValue();
      roles.put(handler, function.at("/Role/Fn::GetAtt/0").textValue());
    }
    assertThat(roles).hasSizeGreaterThan(15).doesNotContainValue(null);
    return roles;
  }

  /** Returns the allowed actions without those of logs and traces, and of keys at rest. */
  private Set<String> granted(String role) {
    Set<String> actions = new TreeSet<>();
    for (JsonNode statement : statements(role)) {
      if (servicesOfKey(statement).isEmpty()) {
        texts(statement.required("Action"))
            .filter(action -> !action.startsWith("logs:") && !action.startsWith("xray:"))
            .forEach(actions::add);
      }
    }
    return actions;
  }

  private List<JsonNode> statements(String role) {
    List<JsonNode> statements = new ArrayList<>();
    for (JsonNode policy : synthesis.resources("AWS::IAM::Policy").values()) {
      if (policy.at("/Properties/Roles").toString().contains("\"" + role + "\"")) {
        policy.at("/Properties/PolicyDocument/Statement").forEach(statements::add);
      }
    }
    return statements;
  }

  private boolean polls(String role) {
    return synthesis.resources("AWS::Lambda::EventSourceMapping").values().stream()
        .map(mapping -> mapping.at("/Properties/FunctionName").findValue("Ref").textValue())
        .map(alias -> synthesis.resources("AWS::Lambda::Alias").get(alias))
        .map(alias -> alias.at("/Properties/FunctionName/Ref").asText())
        .map(function -> synthesis.resources("AWS::Lambda::Function").get(function))
        .anyMatch(function -> function.at("/Properties/Role/Fn::GetAtt/0").asText().equals(role));
  }

  /** Returns the services through which a statement allows a key's use; none for other ones. */
  private static Set<String> servicesOfKey(JsonNode statement) {
    return texts(statement.at("/Condition/StringEquals/kms:ViaService"))
        .map(service -> service.replaceFirst("\\..*", ""))
        .collect(toCollection(TreeSet::new));
  }

  /** Returns the text or the texts of a list; of a {@code Fn::Join} its parts, joined. */
  private static Stream<String> texts(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().flatMap(GrantsIT::texts);
    }
    if (node.has("Fn::Join")) {
      return Stream.of(
          node.at("/Fn::Join/1").valueStream().map(JsonNode::asText).collect(joining()));
    }
    return node.isTextual() ? Stream.of(node.textValue()) : Stream.empty();
  }

  private Set<String> used(String handler) {
    return graph.reachable(handler).stream()
        .flatMap(call -> action(call).stream())
        .collect(toCollection(TreeSet::new));
  }

  private static Optional<String> action(Target call) {
    if (call.owner().equals(TRANSACTION)) {
      return Optional.ofNullable(TRANSACTION_ACTIONS.get(call.name()));
    }
    Matcher client = CLIENT.matcher(call.owner());
    if (!client.matches() || isLocal(call.name())) {
      return Optional.empty();
    }
    // a batch of SQS needs the permission of the single action
    String operation =
        call.name()
            .replaceFirst("Paginator$", "")
            .replaceFirst(client.group(1).equals("sqs") ? "Batch$" : "(?!)", "");
    return switch (client.group(1)) {
      case "apigateway" ->
          Optional.of("apigateway:" + GATEWAY_ACTIONS.get(operation.replaceFirst("[A-Z].*", "")));
      case "lambda" ->
          Optional.of("lambda:" + (operation.equals("invoke") ? "InvokeFunction" : operation));
      case String service when operation.equals("transactWriteItems") -> Optional.empty();
      case String service ->
          Optional.of(
              service
                  + ":"
                  + operation.substring(0, 1).toUpperCase(Locale.ROOT)
                  + operation.substring(1));
    };
  }

  /** Returns whether a client's method calls no operation of the service. */
  private static boolean isLocal(String method) {
    return Set.of("builder", "create", "close", "serviceName", "serviceClientConfiguration")
        .contains(method);
  }
}
