package dev.facet.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.local.http.RawRequest.Header;
import java.util.List;

/**
 * An HTTP response.
 *
 * @param headers content type and what else there is to say
 * @param body not copied, never to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Response(int status, List<Header> headers, byte[] body) {

  /** Copies the headers. */
  public Response {
    headers = List.copyOf(headers);
  }

  /** JSON, or one of its dialects. */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, List.of(new Header("Content-Type", contentType)), body);
  }

  /** JSON. */
  public static Response json(int status, String body) {
    return of(status, "application/json", body.getBytes(UTF_8));
  }
}
