package dev.facet.api.http;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.jobs.Jobs;
import dev.facet.core.keys.Metering;
import dev.facet.core.payload.PayloadCiphers;
import java.security.SecureRandom;

/**
 * What only the handlers of {@code /node} work with.
 *
 * @param ciphers reads and writes payloads in the encryption versions that the deployment admits
 * @param metering holds keys to their usage plans
 * @param queue takes enrolments that could not be done at once
 * @param jobs tells what became of those
 */
public record NodePorts(
    PayloadCiphers ciphers, Metering metering, EnrolmentQueue queue, Jobs jobs) {

  /** Every encryption version, no limits, no queue. */
  public static NodePorts withDefaults() {
    return new NodePorts(
        new PayloadCiphers(1, new SecureRandom()), Metering.NONE, EnrolmentQueue.NONE, Jobs.NONE);
  }
}
