package dev.facet.local.apigateway;

import dev.facet.local.http.RawRequest;
import java.time.Instant;

/**
 * A request at the gateway.
 *
 * @param raw the request as received
 * @param path its path without the stage; empty if the path does not begin with the stage
 * @param requestId identifies it in responses and logs
 * @param extendedId likewise, under API Gateway's older name
 * @param time the time of arrival
 * @param sourceIp the client's address
 */
record GatewayRequest(
    RawRequest raw,
    String path,
    String requestId,
    String extendedId,
    Instant time,
    String sourceIp) {

  /** Returns the origin of the page that a browser sends it for; empty if no header states it. */
  String origin() {
    return raw.first("origin").orElse("");
  }
}
