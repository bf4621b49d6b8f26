package dev.facet.core.faces.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceAnswer.BatchResult;
import dev.facet.core.faces.FaceAnswer.EnrolledBatch;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.NewerFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes commands, answers and faults as UTF-8 JSON: {@code
 * {"schema":1,"kind":"Search","value":{…}}}.
 *
 * <p>The names are those of {@link WireNames}. Handlers and face functions of different versions
 * exchange messages while a deployment is under way. Unknown properties are ignored, missing ones
 * refused. Safe for concurrent use.
 */
public final class FaceWire {

  private static final int SCHEMA = 1;

  private final ObjectMapper json = WireJson.mapper();

  /** Encodes a command. */
  public byte[] encode(FaceCommand<?> command) {
    return envelope(command, json.valueToTree(command));
  }

  /** Encodes an answer. */
  public byte[] encode(FaceAnswer answer) {
    return envelope(answer, value(answer));
  }

  /** Encodes a fault without its cause and stack trace. */
  public byte[] encode(Fault fault) {
    return envelope(fault, FaultWire.value(fault, json.createObjectNode()));
  }

  /**
   * Decodes a command.
   *
   * @throws InternalFault if the bytes are not a command
   */
  public FaceCommand<?> decodeCommand(byte[] bytes) {
    return read(bytes, (kind, value) -> (FaceCommand<?>) bind(WireNames.COMMANDS.get(kind), value));
  }

  /**
   * Decodes the reply to a command.
   *
   * @throws Fault the fault in the reply, if it holds one
   * @throws InternalFault if the bytes are not a reply to this command
   */
  public <A extends FaceAnswer> A decodeReply(FaceCommand<A> command, byte[] bytes) {
    FaceAnswer answer = decodeAnswer(bytes);
    if (!command.resultType().isInstance(answer)) {
      throw new InternalFault("The face function answered another command.");
    }
    return command.resultType().cast(answer);
  }

  /**
   * Decodes an answer to any command.
   *
   * @throws Fault the fault that the bytes hold instead
   * @throws InternalFault if the bytes are neither
   */
  public FaceAnswer decodeAnswer(byte[] bytes) {
    return read(
        bytes,
        (kind, value) -> {
          if (!WireNames.ANSWERS.containsKey(kind)) {
            throw FaultWire.fault(kind, value);
          }
          Class<?> type = WireNames.ANSWERS.get(kind);
          return type == EnrolledBatch.class ? batch(value) : (FaceAnswer) bind(type, value);
        });
  }

  private JsonNode value(FaceAnswer answer) {
    return answer instanceof EnrolledBatch batch ? value(batch) : json.valueToTree(answer);
  }

  /** Each result of a batch is an answer or a fault, as in an envelope. */
  private ObjectNode value(EnrolledBatch batch) {
    ObjectNode value = json.createObjectNode();
    ArrayNode results = value.putArray("results");
    for (BatchResult result : batch.results()) {
      ObjectNode item = results.addObject();
      switch (result) {
        case BatchResult.Done(var answer) ->
            item.put("kind", WireNames.kind(answer)).set("value", json.valueToTree(answer));
        case BatchResult.Failed(var fault) ->
            item.put("kind", WireNames.kind(fault))
                .set("value", FaultWire.value(fault, json.createObjectNode()));
      }
    }
    return value;
  }

  private EnrolledBatch batch(JsonNode value) throws IOException {
    List<BatchResult> results = new ArrayList<>();
    if (!value.path("results").isArray()) {
      throw new InternalFault("A batch of enrolments has no results.");
    }
    for (JsonNode result : value.path("results")) {
      results.add(result(result.path("kind").asText(), result.path("value")));
    }
    return new EnrolledBatch(results);
  }

  private BatchResult result(String kind, JsonNode value) throws IOException {
    Class<?> type = WireNames.ANSWERS.get(kind);
    return type == FaceAnswer.Enrolled.class
        ? new BatchResult.Done((FaceAnswer.Enrolled) bind(type, value))
        : new BatchResult.Failed(FaultWire.fault(kind, value));
  }

  private byte[] envelope(Object message, JsonNode value) {
    ObjectNode envelope = json.createObjectNode();
    envelope.put("schema", SCHEMA).put("kind", WireNames.kind(message)).set("value", value);
    try {
      return json.writeValueAsBytes(envelope);
    } catch (IOException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private <T> T read(byte[] bytes, Reader<T> reader) {
    try {
      JsonNode envelope = json.readTree(bytes);
      int schema = envelope.path("schema").asInt();
      if (schema > SCHEMA) {
        throw new InternalFault(NewerFormat.message("The face message", schema));
      }
      if (schema != SCHEMA) {
        throw new InternalFault("The face service and its caller are of different versions.");
      }
      return reader.read(envelope.path("kind").asText(), envelope.path("value"));
    } catch (IOException e) {
      // the cause is left out: its message may quote the input, such as an image
      throw new InternalFault("Unreadable face message: " + e.getClass().getSimpleName());
    }
  }

  private Object bind(@Nullable Class<?> type, JsonNode value) throws IOException {
    if (type == null) {
      throw new InternalFault("Unknown kind of face message.");
    }
    return json.treeToValue(value, type);
  }

  private interface Reader<T> {
    T read(String kind, JsonNode value) throws IOException;
  }
}
