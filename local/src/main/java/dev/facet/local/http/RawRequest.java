package dev.facet.local.http;

import java.util.List;
import java.util.Optional;

/**
 * An HTTP request as it arrived: nothing decoded, nothing normalised, because that is what was
 * signed.
 *
 * @param method such as {@code POST}
 * @param path the path as sent, percent escapes and all; begins with a slash
 * @param query what follows the question mark as sent; empty when there is none
 * @param headers in the order of arrival
 * @param body the whole body; not copied, never to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawRequest(
    String method, String path, String query, List<Header> headers, byte[] body) {

  /** One header line. */
  public record Header(String name, String value) {}

  /** Copies the headers. */
  public RawRequest {
    headers = List.copyOf(headers);
  }

  /** All values of a header, in the order of arrival; its name in any case. */
  public List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** The first value of a header; its name in any case. */
  public Optional<String> first(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** What was sent, without the body and the values that may be secret. */
  @Override
  public String toString() {
    return "RawRequest[%s %s, %d bytes]".formatted(method, path, body.length);
  }
}
