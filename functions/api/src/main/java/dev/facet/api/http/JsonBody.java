package dev.facet.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.facet.core.faults.InvalidRequest;
import java.io.IOException;
import java.util.Optional;

/**
 * A request's JSON object. Its getters name the property and the rule it breaks; null counts as a
 * value of the wrong type, properties that nobody asks for are ignored. A name given twice is
 * refused: which of the two is meant can't be known.
 */
public final class JsonBody {

  private static final int DEEPEST = 32;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** An object without properties. */
  public static final JsonBody EMPTY = new JsonBody(JsonNodeFactory.instance.objectNode());

  private final JsonNode object;

  private JsonBody(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads a body.
   *
   * @param bytes UTF-8, already within the limit of size
   * @throws InvalidRequest if it is not one JSON object, or is nested more than 32 levels deep
   */
  public static JsonBody parse(byte[] bytes) {
    JsonNode json = read("body", bytes);
    if (!json.isObject()) {
      throw new InvalidRequest("body must be a JSON object.");
    }
    return new JsonBody(json);
  }

  /**
   * Reads JSON of any kind, as strictly as bodies are read.
   *
   * @param what the faults' name for it
   * @param bytes UTF-8
   * @throws InvalidRequest if it is not JSON, or is nested more than 32 levels deep
   */
  public static JsonNode read(String what, byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new InvalidRequest(
          what + " must be valid JSON, each name once, at most 32 levels deep.");
    }
  }

  /** A property's value; empty where it is missing or null. */
  public Optional<JsonNode> find(String property) {
    return Optional.ofNullable(object.get(property)).filter(value -> !value.isNull());
  }

  /**
   * A text that must be there and not be empty.
   *
   * @throws InvalidRequest if it is missing, empty or no string
   */
  public String text(String property) {
    JsonNode value = object.get(property);
    if (value == null) {
      throw new InvalidRequest(property + " property must be provided.");
    }
    if (!value.isTextual()) {
      throw new InvalidRequest(property + " property must be a string.");
    }
    if (value.textValue().isEmpty()) {
      throw new InvalidRequest(property + " property must be provided.");
    }
    return value.textValue();
  }

  /**
   * An integer within a range. {@code 7000.0} is the integer 7000, as in JSON Schema.
   *
   * @throws InvalidRequest if it is there and no such integer
   */
  public int integer(String property, int least, int most, int otherwise) {
    JsonNode value = object.get(property);
    return value == null ? otherwise : integer(property, value, least, most);
  }

  private static int integer(String property, JsonNode value, int least, int most) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (number >= least && number <= most && number == Math.rint(number)) {
      return (int) number;
    }
    throw new InvalidRequest(
        property + " property must be an integer from " + least + " to " + most + ".");
  }
}
