package dev.facet.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.cli.doctor.ServiceRequests.Reply;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadCipher;
import dev.facet.core.payload.PayloadContext;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.payload.SealedCipher;
import java.security.SecureRandom;

/**
 * Enrols, recognises and deletes a random embedding under {@code /node}, in a version of its own,
 * with encryption version 3, which every deployment accepts.
 */
public final class EmbeddingWalk implements Check {

  /** A model version that nothing else uses. */
  static final ModelVersion VERSION = new ModelVersion("DOCTOR1_0");

  private static final String ENCRYPTION = "3";
  private static final int DIMENSIONS = 128;
  private static final int SUCCESS = 200;
  private static final int QUEUED = 202;
  private static final String LOGS = "Read the logs of the functions, and the alarms.";

  private final ServiceRequests requests;
  private final SecureRandom random;
  private final PayloadCipher cipher;

  /**
   * Creates a walk.
   *
   * @param random the source of the embedding and of nonces
   */
  public EmbeddingWalk(ServiceRequests requests, SecureRandom random) {
    this.requests = requests;
    this.random = random;
    this.cipher = new SealedCipher(new ApiKey(requests.apiKey()), random);
  }

  @Override
  public String name() {
    return "embedding walk";
  }

  @Override
  public Diagnosis run() {
    String features = features();
    Reply enrolled = send("enroll", "features", encrypted(features));
    if (enrolled.status() == QUEUED) {
      return Diagnosis.warning(
          "the enrolment was queued instead of done",
          "Look at the alarms; the person '%s' of version %s remains once it is done."
              .formatted(enrolled.body().path("job_id").asText(), VERSION.value()));
    }
    String puid = enrolled.body().path("puid").asText();
    if (enrolled.status() != SUCCESS || puid.isEmpty()) {
      return failed("enroll", enrolled);
    }
    Reply predicted = send("predict", "features", encrypted(features));
    Reply deleted = send("deleteUser", "puid", puid);
    if (deleted.status() != SUCCESS) {
      return failed("deleteUser", deleted);
    }
    if (!isSame(puid, predicted)) {
      return failed("predict", predicted);
    }
    Reply after = send("predict", "features", encrypted(features));
    return after.body().path("status").asInt() == -1
        ? Diagnosis.ok("enrolled, recognised and deleted a person")
        : failed("predict after the deletion", after);
  }

  private boolean isSame(String puid, Reply predicted) {
    PayloadContext context = new PayloadContext(VERSION, Field.PUID);
    try {
      return predicted.status() == SUCCESS
          && cipher
              .decrypt(predicted.body().path("puid").asText(), context)
              .equals(cipher.decrypt(puid, context));
    } catch (CallerFault.UndecryptablePayload other) {
      return false;
    }
  }

  private Reply send(String command, String property, String value) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("api_key", requests.apiKey())
            .put(property, value);
    return requests.signed(
        "POST", "/node/" + VERSION.value() + "/" + command, body.toString(), ENCRYPTION);
  }

  private String encrypted(String features) {
    return cipher.encrypt(features, new PayloadContext(VERSION, Field.FEATURES));
  }

  private String features() {
    ObjectNode features = JsonNodeFactory.instance.objectNode().put("type", "face");
    ArrayNode vector = features.putArray("embedding_vector");
    for (int i = 0; i < DIMENSIONS; i++) {
      vector.add((float) random.nextGaussian());
    }
    return features.toString();
  }

  private static Diagnosis failed(String step, Reply reply) {
    return Diagnosis.fault(
        "%s answers %d %s".formatted(step, reply.status(), reply.body().path("message").asText("")),
        LOGS);
  }
}
