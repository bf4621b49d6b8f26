package dev.facet.api.http;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.jobs.Jobs;
import dev.facet.core.keys.RateLimiter;
import dev.facet.core.payload.PayloadCiphers;
import java.security.SecureRandom;

/**
 * The services that only the handlers of {@code /node} use.
 *
 * @param ciphers decrypts and encrypts payloads in the accepted encryption versions
 * @param metering enforces the usage plans of keys
 * @param queue accepts enrolments that met a transient fault
 * @param jobs returns the state of queued enrolments
 */
public record NodePorts(
    PayloadCiphers ciphers, RateLimiter metering, EnrolmentQueue queue, Jobs jobs) {

  /** Returns ports with every encryption version, no usage limits and no queue. */
  public static NodePorts withDefaults() {
    return new NodePorts(
        new PayloadCiphers(PayloadCiphers.MIN_FLOOR, new SecureRandom()),
        RateLimiter.NONE,
        EnrolmentQueue.NONE,
        Jobs.NONE);
  }
}
