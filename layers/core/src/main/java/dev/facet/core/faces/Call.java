package dev.facet.core.faces;

import dev.facet.core.applications.Application;
import dev.facet.core.idempotency.OperationId;
import java.time.Instant;

/**
 * The circumstances of one command, checked before it is given: whose it is and until when an
 * answer is of use.
 *
 * @param application whose galleries are meant, and its settings
 * @param operation names the write through every retry; reads carry one too, unused
 * @param requestDigest SHA-256 (hex) of the decoded request; tells a repeat from another request
 *     under the same operation
 * @param deadline when the caller stops waiting
 * @param correlationId ties together log lines, messages and downstream calls
 */
public record Call(
    Application application,
    OperationId operation,
    String requestDigest,
    Instant deadline,
    String correlationId) {}
