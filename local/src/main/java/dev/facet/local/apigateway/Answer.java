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
record Answer(int status, List<Header> headers, byte[] body) {

  Answer {
    headers = List.copyOf(headers);
  }

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, List.of(new Header("content-type", contentType)), body);
  }

  /** Returns this response with additional headers. */
  Answer with(List<Header> more) {
    List<Header> all = new ArrayList<>(headers);
    all.addAll(more);
    return new Answer(status, all, body);
  }

  boolean has(String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }
}
