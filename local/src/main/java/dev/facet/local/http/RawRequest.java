package dev.facet.local.http;

import java.util.List;
import java.util.Optional;

/**
 * An HTTP request as it arrived. Nothing is decoded or normalized, because the signature covers the
 * original text.
 *
 * @param method such as {@code POST}
 * @param path the path as sent, with percent escapes; begins with a slash
 * @param query the text after the question mark as sent; empty if absent
 * @param headers in the order of arrival
 * @param body the whole body; not copied; must not change
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

  /** Returns all values of a header, in the order of arrival; its name is case-insensitive. */
  public List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** Returns the first value of a header; its name is case-insensitive. */
  public Optional<String> first(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Returns the request without the body and the values that may be secret. */
  @Override
  public String toString() {
    return "RawRequest[%s %s, %d bytes]".formatted(method, path, body.length);
  }
}
