package dev.facet.local.lambda.isolated;

import java.util.UUID;

/**
 * An event on its way to a function.
 *
 * @param event JSON
 * @param trace the header {@code X-Amzn-Trace-Id} of whoever invokes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Work(UUID requestId, byte[] event, String trace) {}
