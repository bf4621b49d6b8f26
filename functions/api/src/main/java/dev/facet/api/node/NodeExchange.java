package dev.facet.api.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.http.Exchange;
import dev.facet.api.http.Incoming;
import dev.facet.api.http.JsonBody;
import dev.facet.core.applications.Application;
import dev.facet.core.embeddings.Features;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.faces.Call;
import dev.facet.core.faults.InvalidRequest;
import dev.facet.core.faults.SubjectNotFound;
import dev.facet.core.faults.UndecryptablePayload;
import dev.facet.core.gallery.Template;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A {@code /node} request of a known application. */
public final class NodeExchange {

  private static final String DEFAULT_VERSION = "FACE3_1";
  private static final String DEFAULT_PLAIN_VERSION = "FACE3_3";
  private static final int MOST_PEOPLE = 10;

  private final Incoming incoming;
  private final Exchange exchange;
  private final JsonBody body;
  private final ApiKey key;
  private final PayloadCiphers ciphers;

  NodeExchange(
      Incoming incoming, Exchange exchange, JsonBody body, ApiKey key, PayloadCiphers ciphers) {
    this.incoming = incoming;
    this.exchange = exchange;
    this.body = body;
    this.key = key;
    this.ciphers = ciphers;
  }

  /** Whose request it is. */
  Application application() {
    return exchange.application();
  }

  /**
   * The dialect of routes without {@code plain} in their names: the version is in the path.
   *
   * @throws InvalidRequest if the version is none, or its encryption is not admitted
   */
  Dialect encrypted() {
    return new Dialect.Encrypted(version(), cipher());
  }

  /**
   * The dialect of {@code plain} routes: the version is in the body.
   *
   * @throws InvalidRequest if it is none
   */
  Dialect plain() {
    JsonNode version = body.find("version").orElse(null);
    if (version == null) {
      return new Dialect.Plain(new ModelVersion(DEFAULT_PLAIN_VERSION));
    }
    return new Dialect.Plain(ModelVersion.read(version.asText()));
  }

  /**
   * The version in the path, which aliases leave out.
   *
   * @throws InvalidRequest if it is none
   */
  ModelVersion version() {
    return ModelVersion.read(incoming.request().pathParameter("version").orElse(DEFAULT_VERSION));
  }

  private PayloadCipher cipher() {
    return ciphers.forRequest(incoming.request().header("x-encryption-version"), key);
  }

  /**
   * The request's embeddings, with the body's {@code metadata} or else their own.
   *
   * @param missing the fault's message where there are none
   * @throws dev.facet.core.faults.CallerFault if they are missing or break a rule
   */
  Features features(Dialect dialect, String missing) {
    JsonNode given =
        body.find("features")
            .filter(value -> !value.isTextual() || !value.textValue().isEmpty())
            .orElseThrow(() -> new InvalidRequest(missing));
    Features features = dialect.features(given);
    String inside = features.identifier();
    String outside = body.find("metadata").map(Features::identifier).orElse(null);
    if (outside == null) {
      return features;
    }
    if (inside != null && !inside.equals(outside)) {
      throw new InvalidRequest("metadata.id must be the same in the body and in features.");
    }
    return new Features(features.templates(), outside);
  }

  /**
   * How many people are asked for: {@code K}, 1 unless it is given.
   *
   * @throws InvalidRequest if it is no integer 1..10
   */
  int limit() {
    return body.integer("K", 1, MOST_PEOPLE, 1);
  }

  /**
   * The {@code metadata.id} of the only person to compare with.
   *
   * @throws InvalidRequest if it is no text of 1..256 characters
   */
  Optional<String> userIdentifier() {
    return body.find("user_identifier")
        .map(
            value ->
                Features.requireIdentifier(
                    "user_identifier", value.isTextual() ? value.textValue() : ""));
  }

  /**
   * The id of whom to delete: as plain routes show it, or encrypted.
   *
   * @return empty if it is missing or can't be decrypted
   * @throws SubjectNotFound if what was encrypted is no id
   */
  Optional<PersonId> puid(ModelVersion version) {
    String given =
        body.find("puid").filter(JsonNode::isTextual).map(JsonNode::textValue).orElse("");
    if (PersonId.hasForm(given)) {
      return Optional.of(PersonId.ofRot13(given));
    }
    try {
      String text = cipher().decrypt(given, new PayloadContext(version.value(), Field.PUID));
      if (!PersonId.hasForm(text)) {
        throw new SubjectNotFound();
      }
      return Optional.of(new PersonId(text));
    } catch (UndecryptablePayload e) {
      return Optional.empty();
    }
  }

  /** The id of the job in the path. */
  String job() {
    return incoming.request().pathParameter("job").orElse("");
  }

  /** When the answer has to be ready. */
  Instant answerBy() {
    return exchange.answerBy();
  }

  /** The circumstances of a command that changes nothing. */
  Call read() {
    return exchange.read();
  }

  /** The circumstances of a deletion. */
  Call write(ModelVersion version, PersonId puid) {
    return exchange.write(version.value(), puid.value());
  }

  /** The circumstances of an enrolment: what was encrypted counts as it was before. */
  Call write(ModelVersion version, Features features) {
    List<String> decoded = new ArrayList<>();
    decoded.add(version.value());
    decoded.add(Optional.ofNullable(features.identifier()).orElse(""));
    for (Template template : features.templates()) {
      decoded.add(template.factor());
      decoded.add(text(template.vector()));
    }
    return exchange.write(decoded.toArray(String[]::new));
  }

  private static String text(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** Notes in the log how many stored templates were left out of a comparison. */
  void excluded(int templates) {
    if (templates > 0) {
      incoming.log().with("excludedTemplates", templates);
    }
  }

  /** Notes in the log what the status does not tell: the request is at fault. */
  void blamesCaller(String fault) {
    incoming.log().blamesCaller(fault);
  }
}
