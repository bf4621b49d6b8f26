package dev.facet.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.io.IOException;
import java.util.Optional;

/**
 * A request's JSON object. The faults of {@link #text} and {@link #integer} name the property and
 * the violated rule. A property that is null counts as absent everywhere, as many serialisers write
 * absent values as null. Unknown properties are ignored. Duplicate names are rejected because they
 * are ambiguous.
 */
public final class JsonBody {

  private static final int MAX_DEPTH = 32;

  /** A longer number takes noticeable time to parse, although nothing may need it. */
  private static final int MAX_NUMBER_LENGTH = 10_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          // the size of the body limits names
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
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
   * Parses a body.
   *
   * @param bytes UTF-8, already within the size limit
   * @throws InvalidRequest if it is not one JSON object, is nested more than 32 levels deep, or
   *     holds a number of more than 10,000 characters
   */
  public static JsonBody parse(byte[] bytes) {
    Optional<String> other = BinaryBody.name(bytes);
    if (other.isPresent()) {
      throw new InvalidRequest("body must be JSON, but is " + other.get() + ".");
    }
    JsonNode json = parse("body", bytes);
    if (!json.isObject()) {
      throw new InvalidRequest("body must be a JSON object.");
    }
    return new JsonBody(json);
  }

  /**
   * Parses JSON of any type, as strictly as {@link #parse}.
   *
   * @param name the input's name in faults
   * @param bytes UTF-8
   * @throws InvalidRequest if it is not JSON, is nested more than 32 levels deep, or holds a number
   *     of more than 10,000 characters
   */
  public static JsonNode parse(String name, byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (StreamConstraintsException e) {
      throw new InvalidRequest(
          name + " must be nested at most 32 levels deep, with numbers of at most 10000 digits.");
    } catch (IOException e) {
      throw new InvalidRequest(
          name + " must be valid JSON, each name once, at most 32 levels deep.");
    }
  }

  /** Returns a property's value; empty if it is missing or null. */
  public Optional<JsonNode> find(String property) {
    return Optional.ofNullable(object.get(property)).filter(value -> !value.isNull());
  }

  /**
   * Returns a required, non-empty text.
   *
   * @throws InvalidRequest if it is missing, empty or not a string
   */
  public String text(String property) {
    JsonNode value =
        find(property)
            .orElseThrow(() -> new InvalidRequest(property + " property must be provided."));
    if (!value.isTextual()) {
      throw new InvalidRequest(property + " property must be a string.");
    }
    if (value.textValue().isEmpty()) {
      throw new InvalidRequest(property + " property must be provided.");
    }
    return value.textValue();
  }

  /**
   * Returns an integer from {@code least} to {@code most}, or {@code otherwise} if it is missing or
   * null. {@code 7000.0} is the integer 7000, as in JSON Schema.
   *
   * @throws InvalidRequest if it is present but not such an integer
   */
  public int integer(String property, int least, int most, int otherwise) {
    return find(property).map(value -> integer(property, value, least, most)).orElse(otherwise);
  }

  /**
   * Returns a boolean; false if it is missing or null.
   *
   * @throws InvalidRequest if it is present but not a boolean
   */
  public boolean flag(String property) {
    JsonNode value = find(property).orElse(BooleanNode.FALSE);
    if (!value.isBoolean()) {
      throw new InvalidRequest(property + " property must be true or false.");
    }
    return value.booleanValue();
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
