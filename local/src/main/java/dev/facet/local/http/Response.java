package dev.facet.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.local.http.RawRequest.Header;
import java.util.List;

/**
 * An HTTP response.
 *
 * @param headers the content type and any further headers
 * @param body not copied; must not change
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Response(int status, List<Header> headers, byte[] body) {

  /** Copies the headers. */
  public Response {
    headers = List.copyOf(headers);
  }

  /** Creates a response in JSON or one of its dialects. */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, List.of(new Header("Content-Type", contentType)), body);
  }

  /** Creates a response in JSON. */
  public static Response json(int status, String body) {
    return of(status, "application/json", body.getBytes(UTF_8));
  }
}
