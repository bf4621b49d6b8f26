package dev.facet.core.faces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facet.core.faults.InternalFault;

/** The JSON form in which an operation's record keeps its answer. */
final class StoredAnswers {

  private static final JsonMapper JSON = new JsonMapper();

  private StoredAnswers() {}

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
