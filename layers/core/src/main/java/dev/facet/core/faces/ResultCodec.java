package dev.facet.core.faces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facet.core.faults.InternalFault;

/**
 * Converts answers to and from the JSON that an operation's record keeps. The properties are the
 * record components, so a renamed component breaks stored answers.
 */
final class ResultCodec {

  private static final JsonMapper JSON = new JsonMapper();

  private ResultCodec() {}

  static String write(FaceAnswer answer) {
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new InternalFault("an answer has no JSON form", e);
    }
  }

  static <A extends FaceAnswer> A read(String json, Class<A> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new InternalFault("a stored answer is damaged", e);
    }
  }
}
