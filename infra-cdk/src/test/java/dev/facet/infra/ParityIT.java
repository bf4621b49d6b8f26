package dev.facet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code template.yaml}, which runs functions locally, says the same as what is deployed. */
class ParityIT {

  private final JsonNode sam;
  private final Synthesis cdk = Synthesis.ofDefaults();

  ParityIT() throws Exception {
    sam = SamTemplate.read(Synthesis.ROOT.resolve("template.yaml"));
  }

  /**
   * A function.
   *
   * @param timeout seconds
   * @param memory MB
   * @param storage MB
   * @param environment values, or {@code (resource)}
   */
  private record Function(
      String runtime,
      String processor,
      int memory,
      int timeout,
      int storage,
      String snapStart,
      int layers,
      String tracing,
      Map<String, String> environment) {}

  @Test
  void functions_are_the_same() {
    Map<String, Function> deployed =
        cdk.functions().stream()
            .collect(
                Collectors.toMap(
                    ParityIT::handler, this::function, (one, other) -> one, TreeMap::new));

    Map<String, Function> local =
        resources("AWS::Serverless::Function").values().stream()
            .map(this::withGlobals)
            .collect(
                Collectors.toMap(
                    ParityIT::handler, this::function, (one, other) -> one, TreeMap::new));

    assertThat(local).isEqualTo(deployed);
  }

  @Test
  void functions_bear_the_names_of_their_handlers() {
    resources("AWS::Serverless::Function")
        .forEach(
            (name, resource) -> {
              String handler = handler((ObjectNode) resource.required("Properties"));
              String simple = handler.substring(handler.lastIndexOf('.') + 1);
              assertThat(name).isEqualTo(simple.replace("Handler", "Function"));
            });
  }

  @Test
  void routes_are_those_of_one_specification() {
    assertThat(sam.at("/Resources/Api/Properties/DefinitionBody").toString())
        .contains("\"Location\":\"openapi.yaml\"");
  }

  @Test
  void plans_are_the_same() {
    JsonNode local = sam.at("/Resources/Plan/Properties");
    JsonNode deployed = cdk.only("AWS::ApiGateway::UsagePlan", "Service");

    assertThat(local.required("Throttle")).isEqualTo(deployed.required("Throttle"));
    assertThat(local.required("Quota")).isEqualTo(deployed.required("Quota"));
  }

  @Test
  void tables_have_the_same_keys() {
    for (String table : new String[] {"Data", "Keys", "Ledger"}) {
      JsonNode local = sam.at("/Resources/" + table + "/Properties");
      JsonNode deployed = cdk.only("AWS::DynamoDB::Table", "Stores" + table);
      for (String property :
          new String[] {
            "KeySchema", "AttributeDefinitions", "TimeToLiveSpecification", "BillingMode"
          }) {
        assertThat(local.path(property)).as(property).isEqualTo(deployed.path(property));
      }
    }
  }

  private Map<String, JsonNode> resources(String type) {
    return sam.required("Resources")
        .propertyStream()
        .filter(resource -> resource.getValue().required("Type").textValue().equals(type))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** A function's properties, and under them those that all share. */
  private ObjectNode withGlobals(JsonNode resource) {
    ObjectNode all = sam.at("/Globals/Function").deepCopy();
    resource.path("IgnoreGlobals").forEach(ignored -> all.remove(ignored.textValue()));
    ObjectNode own = (ObjectNode) resource.required("Properties");
    if (own.has("Environment") && all.has("Environment")) {
      ((ObjectNode) all.at("/Environment/Variables"))
          .setAll((ObjectNode) own.at("/Environment/Variables"));
      own = own.deepCopy().without("Environment");
    }
    // SAM makes one list of both
    own.path("Layers").forEach(layer -> ((ArrayNode) all.required("Layers")).add(layer));
    own = own.deepCopy().without("Layers");
    all.setAll(own);
    return all;
  }

  private static String handler(JsonNode properties) {
    return properties.path("PackageType").asText().equals("Image")
        ? "dev.facet.face.lambda.FaceHandler"
        : properties.required("Handler").textValue();
  }

  private Function function(JsonNode properties) {
    Map<String, String> environment = new TreeMap<>();
    properties
        .at("/Environment/Variables")
        .properties()
        .forEach(variable -> environment.put(variable.getKey(), value(variable.getValue())));
    return new Function(
        properties.path("Runtime").asText(),
        properties.at("/Architectures/0").asText(),
        properties.path("MemorySize").asInt(),
        properties.path("Timeout").asInt(),
        properties.at("/EphemeralStorage/Size").asInt(512),
        properties.at("/SnapStart/ApplyOn").asText(),
        properties.path("Layers").size(),
        tracing(properties),
        environment);
  }

  /** SAM's short form, or CloudFormation's. */
  private static String tracing(JsonNode properties) {
    JsonNode tracing = properties.path("Tracing");
    return tracing.isTextual()
        ? tracing.textValue()
        : properties.at("/TracingConfig/Mode").asText();
  }

  /** What is written, or a parameter's default; resources have other names in each template. */
  private String value(JsonNode value) {
    if (value.path("Ref").asText().equals("AWS::StackName")) {
      return DeploymentSettings.DEFAULT.general().stackName();
    }
    JsonNode parameter = sam.path("Parameters").path(value.path("Ref").asText());
    if (value.isValueNode()) {
      return value.asText();
    }
    return parameter.has("Default") ? parameter.required("Default").asText() : "(resource)";
  }
}
