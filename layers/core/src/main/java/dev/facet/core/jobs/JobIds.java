package dev.facet.core.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EnrolmentQueue.Form;
import dev.facet.core.faults.InternalFault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Generates and verifies job ids. The MAC distinguishes an id that was never issued from an issued
 * one without a record yet, so issuing an id needs no write.
 */
public final class JobIds {

  private final JobMac mac;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Creates ids that {@code mac} authenticates. */
  public JobIds(JobMac mac, InstantSource clock, RandomGenerator random) {
    this.mac = mac;
    this.clock = clock;
    this.random = random;
  }

  /** Generates a new id. */
  public JobId create(ApplicationId application, ModelVersion version, Form form) {
    byte[] content = JobId.content(clock.instant(), application, form, random.nextLong());
    byte[] all =
        ByteBuffer.allocate(JobId.CONTENT_BYTES + JobId.MAC_BYTES)
            .put(content)
            .put(mac(content, version), 0, JobId.MAC_BYTES)
            .array();
    return JobId.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(all));
  }

  /**
   * Parses and verifies an id that a caller sent.
   *
   * @return empty if this deployment never issued the id for this application and version
   */
  public Optional<JobId> parse(String text, ApplicationId application, ModelVersion version) {
    JobId id;
    try {
      id = JobId.parse(text);
    } catch (InternalFault none) {
      return Optional.empty();
    }
    return id.application().equals(application) && isAuthentic(text, version)
        ? Optional.of(id)
        : Optional.empty();
  }

  /** Compares the whole text, because base64 encodes some bytes in several ways. */
  private boolean isAuthentic(String text, ModelVersion version) {
    byte[] all = Base64.getUrlDecoder().decode(text);
    byte[] content = Arrays.copyOf(all, JobId.CONTENT_BYTES);
    byte[] expected =
        ByteBuffer.allocate(all.length)
            .put(content)
            .put(mac(content, version), 0, JobId.MAC_BYTES)
            .array();
    String spelling = Base64.getUrlEncoder().withoutPadding().encodeToString(expected);
    return MessageDigest.isEqual(spelling.getBytes(UTF_8), text.getBytes(UTF_8));
  }

  private byte[] mac(byte[] content, ModelVersion version) {
    byte[] name = ("|" + version.value()).getBytes(UTF_8);
    return mac.compute(
        ByteBuffer.allocate(content.length + name.length).put(content).put(name).array());
  }
}
