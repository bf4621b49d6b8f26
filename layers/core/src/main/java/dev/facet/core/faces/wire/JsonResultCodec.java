package dev.facet.core.faces.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.ResultCodec;
import dev.facet.core.faults.InternalFault;

/**
 * Stored answers as the JSON that they have on the wire, without the envelope: {@code
 * {"subject":{"value":"…"}}}. Records of operations keep it for 24 hours. Safe for concurrent use.
 */
public final class JsonResultCodec implements ResultCodec {

  private static final JsonMapper JSON = WireJson.mapper();

  @Override
  public String write(FaceAnswer answer) {
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new InternalFault("an answer has no JSON form", e);
    }
  }

  @Override
  public <A extends FaceAnswer> A read(String text, Class<A> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new InternalFault("a stored answer is damaged", e);
    }
  }
}
