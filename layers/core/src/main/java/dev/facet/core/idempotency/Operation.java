package dev.facet.core.idempotency;

import java.time.Instant;

/**
 * The record of a write that was done: what makes its repetition harmless.
 *
 * @param id names the write within its application
 * @param requestDigest SHA-256 (hex) of the decoded request
 * @param answer what the request was answered, as JSON; holds no template, image or key
 * @param expires from when on the record counts as absent; whole seconds
 */
public record Operation(OperationId id, String requestDigest, String answer, Instant expires) {

  /** Cuts the time to whole seconds, as it is stored. */
  public Operation {
    expires = Instant.ofEpochSecond(expires.getEpochSecond());
  }
}
