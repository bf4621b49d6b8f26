package dev.facet.core.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facet.core.crypto.Aead;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.wire.FaceWire;
import dev.facet.core.faces.wire.WireJson;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.NewerFormat;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.jobs.DataKeys.DataKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * A codec of jobs as messages: {@code
 * {"schema":1,"job":…,"correlationId":…,"operation":…,"key":…,"sealed":…}}. {@code sealed} is the
 * deflated command under AES-256-GCM with a data key per message; the job id is its associated
 * data. Messages of older versions have no {@code operation}.
 *
 * <p>A message reveals the application, the time and the form in the job id, the correlation id,
 * the operation id, and its own length. Templates and the caller's name for the person are
 * encrypted, and any change is detected. A message never contains an API key. 32 templates of 512
 * numbers make about 130 KB.
 */
public final class JobCodec {

  private static final int SCHEMA = 1;
  private static final int MAX_COMMAND_BYTES = 1 << 20;
  private static final JsonMapper JSON = WireJson.mapper();

  private final DataKeys keys;
  private final FaceWire wire = new FaceWire();
  private final SecureRandom random;

  /** Creates a codec that seals messages with these keys. */
  public JobCodec(DataKeys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  @SuppressWarnings("ArrayRecordComponent") // only the shape of a JSON object
  private record Envelope(
      @JsonProperty(value = "schema", required = true) int schema,
      @JsonProperty(value = "job", required = true) String job,
      @JsonProperty(value = "correlationId", required = true) String correlationId,
      @JsonProperty("operation") @Nullable String operation,
      @JsonProperty(value = "key", required = true) byte[] key,
      @JsonProperty(value = "sealed", required = true) byte[] sealed) {
    @Override
    public String toString() {
      return "Envelope[" + job + "]";
    }
  }

  /**
   * Encodes and seals a job as a message.
   *
   * @throws InternalFault if the message is larger than a queue accepts, or the command than {@link
   *     #open} reads
   */
  public String seal(JobId id, EnrolFeatures command) {
    byte[] encoded = wire.encode(command);
    if (encoded.length > MAX_COMMAND_BYTES) {
      throw tooLarge();
    }
    DataKey key = keys.create(id.text());
    byte[] sealed =
        new Aead(key.key(), random).encrypt(deflated(encoded), id.text().getBytes(UTF_8));
    String message =
        write(
            new Envelope(
                SCHEMA,
                id.text(),
                command.call().correlationId(),
                command.call().operation().value(),
                key.wrapped(),
                sealed));
    if (message.length() > JobQueue.MAX_BYTES) {
      throw tooLarge();
    }
    return message;
  }

  private static InternalFault tooLarge() {
    return new InternalFault("An enrolment is too large to be queued.");
  }

  /**
   * Opens a message and returns its command.
   *
   * @throws InternalFault if the message is not a sealed job of this deployment, or was changed
   */
  public EnrolFeatures open(String message) {
    Envelope envelope = read(message);
    byte[] key = keys.unwrap(envelope.key(), envelope.job());
    byte[] command = inflated(decrypted(key, envelope));
    FaceCommand<?> decoded = wire.decodeCommand(command);
    if (decoded instanceof EnrolFeatures enrolment) {
      return enrolment;
    }
    throw new InternalFault("A queued command is no enrolment.");
  }

  /**
   * Returns the id of the job in a message, without opening the message.
   *
   * @throws InternalFault if the message is not a sealed job
   */
  public static JobId id(String message) {
    return JobId.parse(read(message).job());
  }

  /**
   * Returns the correlation id of the request that queued a message.
   *
   * @throws InternalFault if the message is not a sealed job
   */
  public static String correlationId(String message) {
    return read(message).correlationId();
  }

  /**
   * Returns the operation id of the enrolment in a message; empty in messages of older versions.
   *
   * @throws InternalFault if the message is not a sealed job
   */
  static Optional<OperationId> operation(String message) {
    try {
      return Optional.ofNullable(read(message).operation()).map(OperationId::new);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Envelope read(String message) {
    try {
      JsonNode tree = JSON.readTree(message);
      int schema = tree.path("schema").asInt();
      if (schema > SCHEMA) {
        throw new InternalFault(NewerFormat.message("A queued message", schema));
      }
      if (schema != SCHEMA) {
        throw new InternalFault("A queued message has schema " + schema);
      }
      return JSON.treeToValue(tree, Envelope.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InternalFault("A queued message is unreadable.");
    }
  }

  private static String write(Envelope envelope) {
    try {
      return JSON.writeValueAsString(envelope);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and bytes can be written", e);
    }
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    return deflated.toByteArray();
  }

  private static byte[] inflated(byte[] bytes) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      byte[] command = in.readNBytes(MAX_COMMAND_BYTES + 1);
      if (command.length > MAX_COMMAND_BYTES) {
        throw new InternalFault("A queued command is larger than 1 MiB.");
      }
      return command;
    } catch (IOException e) {
      throw new InternalFault("A queued command is damaged.", e);
    }
  }

  private byte[] decrypted(byte[] key, Envelope envelope) {
    try {
      return new Aead(key, random).decrypt(envelope.sealed(), envelope.job().getBytes(UTF_8));
    } catch (AEADBadTagException e) {
      throw new InternalFault("A queued message was changed, or belongs to another job.", e);
    }
  }
}
