package dev.facet.core.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.EnrolmentQueue.Form;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Template;
import dev.facet.core.idempotency.OperationId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.InflaterInputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * {@code queued-1.json} was written by commit 90e4ca2, under the secret of {@link #secret}; {@code
 * queued-1-operation.json} has the operation id, which later versions add.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobCodecTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ApplicationId APPLICATION = new ApplicationId(new UUID(1, 2));
  private static final ModelVersion VERSION = new ModelVersion("FACE3_3");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static final EnrolFeatures COMMAND =
      new EnrolFeatures(
          new CallContext(
              new Application(APPLICATION, 0.45, 7000, true, EnrolAnswer.FAIL),
              new OperationId("op-1"),
              "d1",
              Instant.parse("2026-01-01T00:00:20.5Z"),
              "correlation-1"),
          VERSION,
          List.of(Template.normalised("face", new float[] {3, -4, 0})),
          "ann");

  private final SecretBackedKeys keys = new SecretBackedKeys(secret(), new SecureRandom());
  private final JobCodec jobs = new JobCodec(keys, new SecureRandom());
  private final String golden = resource("queued-1.json").strip();
  private final String goldenOperation = resource("queued-1-operation.json").strip();

  static byte[] secret() {
    byte[] secret = new byte[SecretBackedKeys.SECRET_BYTES];
    Arrays.fill(secret, (byte) 7);
    return secret;
  }

  static JobId id(SecretBackedKeys keys) {
    return new JobIds(keys, () -> NOW, new java.util.Random(1))
        .create(APPLICATION, VERSION, Form.PLAIN);
  }

  private static String resource(String name) {
    try (InputStream in = JobCodecTest.class.getResourceAsStream(name)) {
      return new String(requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_message_on_record_is_opened() {
    assertThat(jobs.open(golden)).isEqualTo(COMMAND);
    assertThat(JobCodec.correlationId(golden)).isEqualTo("correlation-1");
    assertThat(JobCodec.id(golden)).isEqualTo(id(keys));
    assertThat(
            new JobIds(keys, () -> NOW, new java.util.Random(1))
                .parse(JobCodec.id(golden).text(), APPLICATION, VERSION))
        .isPresent();
  }

  /** Opened by other code than the one that sealed it. */
  @Test
  void a_message_is_written_as_on_record() throws Exception {
    byte[] key = new byte[32];
    DataKeys fixed =
        new DataKeys() {
          @Override
          public DataKey create(String context) {
            return new DataKey(key, new byte[] {1, 2, 3});
          }

          @Override
          public byte[] unwrap(byte[] wrapped, String context) {
            return key;
          }
        };
    JsonNode message =
        JSON.readTree(new JobCodec(fixed, new SecureRandom()).seal(id(keys), COMMAND));
    JsonNode record = JSON.readTree(goldenOperation);

    assertThat(message.fieldNames()).toIterable().containsExactlyElementsOf(record::fieldNames);
    assertThat(message.get("schema")).isEqualTo(record.get("schema"));
    assertThat(message.get("job")).isEqualTo(record.get("job"));
    assertThat(message.get("correlationId")).isEqualTo(record.get("correlationId"));
    assertThat(message.get("operation")).isEqualTo(record.get("operation"));
    assertThat(message.get("key").asText()).isEqualTo("AQID");
    byte[] sealed = Base64.getDecoder().decode(message.get("sealed").asText());
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(128, Arrays.copyOf(sealed, 12)));
    cipher.updateAAD(message.get("job").asText().getBytes(UTF_8));
    byte[] deflated = cipher.doFinal(sealed, 12, sealed.length - 12);
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      assertThat(new String(in.readAllBytes(), UTF_8))
          .isEqualTo(resource("queued-command-1.json").strip());
    }
  }

  @Test
  void the_operation_of_a_message_is_read_where_it_has_one() {
    assertThat(jobs.open(goldenOperation)).isEqualTo(COMMAND);
    assertThat(JobCodec.operation(goldenOperation)).contains(COMMAND.call().operation());
    assertThat(JobCodec.operation(golden)).isEmpty();
    assertThat(JobCodec.operation(goldenOperation.replace("op-1", "o p"))).isEmpty();
  }

  @Test
  void a_command_that_could_not_be_read_whole_is_not_sealed() {
    Template[] many = new Template[40];
    Arrays.fill(many, Template.normalised("a".repeat(30_000), new float[] {3, -4, 0}));
    EnrolFeatures large =
        new EnrolFeatures(COMMAND.call(), VERSION, List.of(many), "compresses well");
    assertThatThrownBy(() -> jobs.seal(id(keys), large))
        .isInstanceOf(InternalFault.class)
        .hasMessageContaining("too large");
  }

  @Test
  void an_unknown_property_of_a_message_is_ignored() throws Exception {
    ObjectNode more = ((ObjectNode) JSON.readTree(golden)).put("news", 1);
    assertThat(jobs.open(more.toString())).isEqualTo(COMMAND);
  }

  @Test
  void a_newer_message_asks_to_replace_this_version() {
    for (String newer : List.of(golden.replace("\"schema\":1", "\"schema\":2"), "{\"schema\":2}")) {
      assertThatThrownBy(() -> jobs.open(newer))
          .isInstanceOf(InternalFault.class)
          .hasMessageContaining("format 2")
          .hasMessageContaining("replace this version");
      assertThatThrownBy(() -> JobCodec.id(newer)).hasMessageContaining("replace this version");
    }
    assertThatThrownBy(() -> jobs.open(golden.replace("\"schema\":1", "\"schema\":0")))
        .isInstanceOf(InternalFault.class)
        .hasMessageNotContaining("replace this version");
  }

  @Test
  void a_newer_job_id_asks_to_replace_this_version() {
    byte[] id = Base64.getUrlDecoder().decode(JobCodec.id(golden).text());
    id[0] = 2;
    String newer = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    assertThatThrownBy(() -> JobId.parse(newer))
        .isInstanceOf(InternalFault.class)
        .hasMessageContaining("replace this version");
  }
}
