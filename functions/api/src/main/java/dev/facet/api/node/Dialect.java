package dev.facet.api.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.http.JsonBody;
import dev.facet.core.embeddings.Features;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.faces.EnrolmentQueue.Form;
import dev.facet.core.faults.InvalidRequest;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;

/** How a route writes features and ids: openly or encrypted. */
public sealed interface Dialect {

  /** The model version that the request is about. */
  ModelVersion version();

  /**
   * Reads the property {@code features}.
   *
   * @throws dev.facet.core.faults.CallerFault if it can't be read, or breaks a rule
   */
  Features features(JsonNode value);

  /** Its name for a queue. */
  default Form form() {
    return switch (this) {
      case Plain _ -> Form.PLAIN;
      case Encrypted _ -> Form.ENCRYPTED;
    };
  }

  /** How a caller sees an id. */
  String shown(PersonId id, Field field);

  /** Features are JSON, and ids are turned by 13 letters. */
  record Plain(ModelVersion version) implements Dialect {
    @Override
    public Features features(JsonNode value) {
      return Features.read(value);
    }

    @Override
    public String shown(PersonId id, Field field) {
      return id.toRot13();
    }
  }

  /** Features and ids are payloads under the request's API key. */
  record Encrypted(ModelVersion version, PayloadCipher cipher) implements Dialect {
    @Override
    public Features features(JsonNode value) {
      if (!value.isTextual()) {
        throw new InvalidRequest("features property must be a string.");
      }
      String json = cipher.decrypt(value.textValue(), context(Field.FEATURES));
      return Features.read(JsonBody.read("features", json.getBytes(UTF_8)));
    }

    @Override
    public String shown(PersonId id, Field field) {
      return cipher.encrypt(id.value(), context(field));
    }

    private PayloadContext context(Field field) {
      return new PayloadContext(version.value(), field);
    }
  }
}
