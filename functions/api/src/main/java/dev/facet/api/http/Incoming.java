package dev.facet.api.http;

import com.amazonaws.services.lambda.runtime.Context;
import dev.facet.aws.telemetry.LogLine;

/**
 * A request at the edge.
 *
 * @param request what was sent
 * @param context the invocation, with the time that is left to it
 * @param correlationId the caller's, or one made for the request
 * @param log the request's line in the log, to be filled in
 */
public record Incoming(Request request, Context context, String correlationId, LogLine log) {}
