package dev.facet.api.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.http.JsonBody;
import dev.facet.core.embeddings.Features;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EnrolmentQueue.Form;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.subjects.PersonId;

/** The payload format of a route: plain or encrypted features and ids. */
public sealed interface PayloadFormat {

  /** Returns the model version of the request. */
  ModelVersion version();

  /**
   * Parses the property {@code features}.
   *
   * @throws dev.facet.core.faults.CallerFault if it is unreadable or violates a rule
   */
  Features features(JsonNode value);

  /** Returns the format's name in queued jobs. */
  default Form form() {
    return switch (this) {
      case Plain _ -> Form.PLAIN;
      case Encrypted _ -> Form.ENCRYPTED;
    };
  }

  /** Returns an id in the form that callers see. */
  String shown(PersonId id, Field field);

  /** A format with features as JSON and ids in ROT13. */
  record Plain(ModelVersion version) implements PayloadFormat {
    @Override
    public Features features(JsonNode value) {
      return FeaturesParser.parse(value);
    }

    @Override
    public String shown(PersonId id, Field field) {
      return id.toRot13();
    }
  }

  /** A format with features and ids encrypted with the request's API key. */
  record Encrypted(ModelVersion version, PayloadCipher cipher) implements PayloadFormat {
    @Override
    public Features features(JsonNode value) {
      if (!value.isTextual()) {
        throw new InvalidRequest("features property must be a string.");
      }
      String json = cipher.decrypt(value.textValue(), context(Field.FEATURES));
      return FeaturesParser.parse(JsonBody.parse("features", json.getBytes(UTF_8)));
    }

    @Override
    public String shown(PersonId id, Field field) {
      return cipher.encrypt(id.value(), context(field));
    }

    private PayloadContext context(Field field) {
      return new PayloadContext(version, field);
    }
  }
}
