package dev.facet.local.runtime;

import java.util.UUID;

/**
 * An event for a function.
 *
 * @param event JSON
 * @param trace the invoker's header {@code X-Amzn-Trace-Id}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Work(UUID requestId, byte[] event, String trace) {}
