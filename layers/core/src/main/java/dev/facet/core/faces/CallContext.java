package dev.facet.core.faces;

import dev.facet.core.applications.Application;
import dev.facet.core.idempotency.OperationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The context of one command, checked before the command is issued.
 *
 * @param application the owner of the galleries, with its settings
 * @param operation identifies the write through every retry; reads carry one too, unused
 * @param requestDigest SHA-256 (hex) of the decoded request; distinguishes a repeat from another
 *     request under the same operation
 * @param deadline the time at which the caller stops waiting
 * @param patience the time from which a transient fault is no longer retried, because a queue can
 *     wait better; null for retries until the deadline
 * @param correlationId correlates log lines, messages and downstream calls
 */
public record CallContext(
    Application application,
    OperationId operation,
    String requestDigest,
    Instant deadline,
    @Nullable Instant patience,
    String correlationId) {

  /** Creates a context whose transient faults are retried until the deadline. */
  public CallContext(
      Application application,
      OperationId operation,
      String requestDigest,
      Instant deadline,
      String correlationId) {
    this(application, operation, requestDigest, deadline, null, correlationId);
  }

  /** Returns the time from which a transient fault is no longer retried. */
  public Instant retryUntil() {
    return patience != null && patience.isBefore(deadline) ? patience : deadline;
  }

  /** Returns a copy with another deadline, until which transient faults are retried. */
  public CallContext withDeadline(Instant other) {
    return new CallContext(application, operation, requestDigest, other, null, correlationId);
  }

  /** Returns a copy with a time from which transient faults are no longer retried. */
  public CallContext withPatience(Instant end) {
    return new CallContext(application, operation, requestDigest, deadline, end, correlationId);
  }
}
