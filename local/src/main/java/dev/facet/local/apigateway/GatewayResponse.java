package dev.facet.local.apigateway;

import dev.facet.local.http.RawRequest.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * A response of the gateway.
 *
 * @param status the HTTP status
 * @param headers in order; names may repeat
 * @param body not copied; must not change
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GatewayResponse(int status, List<Header> headers, byte[] body) {

  GatewayResponse {
    headers = List.copyOf(headers);
  }

  static GatewayResponse of(int status, String contentType, byte[] body) {
    return new GatewayResponse(status, List.of(new Header("content-type", contentType)), body);
  }

  /** Returns this response with additional headers. */
  GatewayResponse with(List<Header> more) {
    List<Header> all = new ArrayList<>(headers);
    all.addAll(more);
    return new GatewayResponse(status, all, body);
  }

  boolean has(String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }
}
