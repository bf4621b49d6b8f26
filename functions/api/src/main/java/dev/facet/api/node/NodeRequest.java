package dev.facet.api.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.http.ApiRequest;
import dev.facet.api.http.AuthenticatedRequest;
import dev.facet.api.http.JsonBody;
import dev.facet.core.applications.Application;
import dev.facet.core.embeddings.Features;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.CallerFault.UndecryptablePayload;
import dev.facet.core.gallery.Template;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.subjects.PersonId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** An authenticated {@code /node} request of an application. */
public final class NodeRequest {

  private static final String DEFAULT_VERSION = "FACE3_1";
  private static final String DEFAULT_PLAIN_VERSION = "FACE3_3";
  private static final int MAX_PEOPLE = 10;

  private final ApiRequest request;
  private final AuthenticatedRequest authenticated;
  private final JsonBody body;
  private final ApiKey key;
  private final PayloadCiphers ciphers;

  NodeRequest(
      ApiRequest request,
      AuthenticatedRequest authenticated,
      JsonBody body,
      ApiKey key,
      PayloadCiphers ciphers) {
    this.request = request;
    this.authenticated = authenticated;
    this.body = body;
    this.key = key;
    this.ciphers = ciphers;
  }

  /** Returns the application that the request's key belongs to. */
  Application application() {
    return authenticated.application();
  }

  /**
   * Returns the format of routes without {@code plain} in their names: the version is in the path.
   *
   * @throws InvalidRequest if the model version is malformed or the encryption version not accepted
   */
  PayloadFormat encrypted() {
    return new PayloadFormat.Encrypted(version(), cipher());
  }

  /**
   * Returns the format of {@code plain} routes: the version is in the body.
   *
   * @throws InvalidRequest if the version is malformed
   */
  PayloadFormat plain() {
    JsonNode version = body.find("version").orElse(null);
    if (version == null) {
      return new PayloadFormat.Plain(new ModelVersion(DEFAULT_PLAIN_VERSION));
    }
    return new PayloadFormat.Plain(ModelVersion.parse(version.asText()));
  }

  /**
   * Returns the version in the path; aliases omit it and use the default.
   *
   * @throws InvalidRequest if it is malformed
   */
  ModelVersion version() {
    return ModelVersion.parse(request.pathParameter("version").orElse(DEFAULT_VERSION));
  }

  private PayloadCipher cipher() {
    return ciphers.forRequest(request.header("x-encryption-version"), key);
  }

  /**
   * Returns the request's embeddings, with the body's {@code metadata} or else their own.
   *
   * @param missing the fault's message if they are missing
   * @throws dev.facet.core.faults.CallerFault if they are missing or violate a rule
   */
  Features features(PayloadFormat format, String missing) {
    JsonNode given =
        body.find("features")
            .filter(value -> !value.isTextual() || !value.textValue().isEmpty())
            .orElseThrow(() -> new InvalidRequest(missing));
    Features features = format.features(given);
    String inside = features.identifier();
    String outside = body.find("metadata").map(FeaturesParser::identifier).orElse(null);
    if (outside == null) {
      return features;
    }
    if (inside != null && !inside.equals(outside)) {
      throw new InvalidRequest("metadata.id must be the same in the body and in features.");
    }
    return new Features(features.templates(), outside);
  }

  /**
   * Returns the maximum number of people in the response: {@code K}, by default 1.
   *
   * @throws InvalidRequest if it is not an integer 1..10
   */
  int limit() {
    return body.integer("K", 1, MAX_PEOPLE, 1);
  }

  /**
   * Returns the {@code metadata.id} of the only person to compare with, if given.
   *
   * @throws InvalidRequest if it is not a text of 1..256 characters
   */
  Optional<String> userIdentifier() {
    return body.find("user_identifier")
        .map(
            value ->
                Features.requireIdentifier(
                    "user_identifier", value.isTextual() ? value.textValue() : ""));
  }

  /**
   * Returns the id of the person to delete, in the form of plain routes or encrypted.
   *
   * @return empty if it is missing or can't be decrypted
   * @throws SubjectNotFound if the decrypted text is not an id
   */
  Optional<PersonId> puid(ModelVersion version) {
    String given =
        body.find("puid").filter(JsonNode::isTextual).map(JsonNode::textValue).orElse("");
    if (PersonId.hasForm(given)) {
      return Optional.of(PersonId.parseRot13(given));
    }
    try {
      String text = cipher().decrypt(given, new PayloadContext(version, Field.PUID));
      if (!PersonId.hasForm(text)) {
        throw new SubjectNotFound();
      }
      return Optional.of(new PersonId(text));
    } catch (UndecryptablePayload e) {
      return Optional.empty();
    }
  }

  /** Returns the job id in the path; empty if it is absent. */
  String job() {
    return request.pathParameter("job").orElse("");
  }

  /**
   * Sends the face service a command and returns its answer.
   *
   * @throws dev.facet.core.faults.Fault any fault of the face service
   */
  <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    return authenticated.execute(command);
  }

  /** Returns the present time. */
  Instant now() {
    return authenticated.now();
  }

  /** Returns the latest time for the response. */
  Instant answerBy() {
    return authenticated.answerBy();
  }

  /** Returns the call of a read-only command. */
  CallContext queryCall() {
    return authenticated.queryCall();
  }

  /** Returns the call of a deletion. */
  CallContext commandCall(ModelVersion version, PersonId puid) {
    return authenticated.commandCall(version.value(), puid.value());
  }

  /** Returns the call of an enrolment; its digest covers the decrypted content. */
  CallContext commandCall(ModelVersion version, Features features) {
    List<String> decoded = new ArrayList<>();
    decoded.add(version.value());
    decoded.add(Optional.ofNullable(features.identifier()).orElse(""));
    for (Template template : features.templates()) {
      decoded.add(template.factor());
      decoded.add(text(template.vector()));
    }
    return authenticated.commandCall(decoded.toArray(String[]::new));
  }

  private static String text(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** Logs the number of stored templates excluded from a comparison, if any. */
  void excluded(int templates) {
    if (templates > 0) {
      request.log().with("excludedTemplates", templates);
    }
  }

  /** Logs that the request is at fault, which the HTTP status does not show. */
  void blamesCaller(String fault) {
    request.log().blamesCaller(fault);
  }
}
