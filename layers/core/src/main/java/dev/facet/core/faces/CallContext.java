package dev.facet.core.faces;

import dev.facet.core.applications.Application;
import dev.facet.core.idempotency.OperationId;
import java.time.Instant;

/**
 * The context of one command, checked before the command is issued.
 *
 * @param application the owner of the galleries, with its settings
 * @param operation identifies the write through every retry; reads carry one too, unused
 * @param requestDigest SHA-256 (hex) of the decoded request; distinguishes a repeat from another
 *     request under the same operation
 * @param deadline the time at which the caller stops waiting
 * @param correlationId correlates log lines, messages and downstream calls
 */
public record CallContext(
    Application application,
    OperationId operation,
    String requestDigest,
    Instant deadline,
    String correlationId) {}
