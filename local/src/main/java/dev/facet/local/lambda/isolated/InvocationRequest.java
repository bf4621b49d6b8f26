package dev.facet.local.lambda.isolated;

import java.util.UUID;

/**
 * An event for a function.
 *
 * @param event JSON
 * @param trace the invoker's header {@code X-Amzn-Trace-Id}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record InvocationRequest(UUID requestId, byte[] event, String trace) {}
