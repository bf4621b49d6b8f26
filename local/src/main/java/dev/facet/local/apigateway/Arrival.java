package dev.facet.local.apigateway;

import dev.facet.local.http.RawRequest;
import java.time.Instant;

/**
 * A request at the gateway.
 *
 * @param request as it arrived
 * @param path its path without the stage
 * @param requestId names it in answers and logs
 * @param extendedId likewise; API Gateway's older name
 * @param time when it arrived
 * @param sourceIp whom it came from
 */
record Arrival(
    RawRequest request,
    String path,
    String requestId,
    String extendedId,
    Instant time,
    String sourceIp) {

  /** The page that a browser sent it for; empty when none says so. */
  String origin() {
    return request.first("origin").orElse("");
  }
}
