package dev.facet.api.http;

import com.amazonaws.services.lambda.runtime.Context;
import dev.facet.aws.telemetry.LogLine;

/**
 * A request before authentication.
 *
 * @param request the HTTP request
 * @param context the invocation, with its remaining time
 * @param correlationId the caller's, or else a generated one
 * @param log the request's log line, to which handlers add fields
 */
public record Incoming(Request request, Context context, String correlationId, LogLine log) {}
