package dev.facet.core.idempotency;

import java.time.Instant;

/**
 * The record of a write that was done, which makes the write idempotent.
 *
 * @param id identifies the write within its application
 * @param requestDigest SHA-256 (hex) of the decoded request
 * @param answer the answer to the request as JSON; holds no template, image or key
 * @param expires the time from which the record counts as absent; whole seconds
 */
public record Operation(OperationId id, String requestDigest, String answer, Instant expires) {

  /** Truncates the time to whole seconds, as it is stored. */
  public Operation {
    expires = Instant.ofEpochSecond(expires.getEpochSecond());
  }
}
