package dev.facet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Checks responses against the schemas of {@code openapi.yaml}. */
public final class Specification {

  static final Path ROOT = Path.of(System.getProperty("facet.root", "../.."));
  static final ObjectMapper JSON = new ObjectMapper();

  private static final ApiSpecification API = ApiSpecification.bundled();

  private final ObjectNode document;
  private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

  /** Creates the checks of the bundled specification. */
  public Specification() {
    document = API.document();
    document.path("components").path("schemas").forEach(Specification::forbidOtherProperties);
  }

  JsonNode document() {
    return document;
  }

  /** Returns every operation, in the document's order. */
  public List<ApiOperation> operations() {
    return API.operations();
  }

  ApiOperation operation(String path, String method) {
    return operations().stream()
        .filter(it -> it.path().equals(path))
        .filter(it -> it.method().equals(method))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + method + " " + path));
  }

  /** Fails unless the operation documents this status with a body like this one. */
  public void check(ApiOperation operation, int status, @Nullable String body) {
    JsonNode response = operation.definition().path("responses").path(Integer.toString(status));
    assertThat(response.isObject()).as("%s answers %d", operation.id(), status).isTrue();
    JsonNode schema = response.path("content").path("application/json").path("schema");
    if (schema.isMissingNode()) {
      assertThat(body).as("%s %d has no body", operation.id(), status).isNull();
    } else {
      assertThat(body).as("%s %d has a body", operation.id(), status).isNotNull();
      conforms(schema, read(String.valueOf(body)));
    }
  }

  /** Fails unless a value is what a schema of the document says. */
  void conforms(JsonNode schema, JsonNode value) {
    assertThat(schemas.computeIfAbsent(schema, this::compiled).validate(value))
        .as("%s against %s", value, schema)
        .isEmpty();
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonSchema compiled(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", document.path("components"));
    return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(whole);
  }

  /** Our own answers hold nothing undocumented; API Gateway's models can't say so. */
  private static void forbidOtherProperties(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
  }
}
