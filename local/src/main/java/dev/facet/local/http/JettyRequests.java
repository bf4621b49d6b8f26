package dev.facet.local.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Converts and completes Jetty's requests for the rest of this module. */
final class JettyRequests {

  private JettyRequests() {}

  /**
   * Returns a callback for the response to a request that may not have been read to its end. It
   * reads and discards the rest of the body first, because closing the connection to a client that
   * is still sending makes it lose the response (RFC 9112 § 9.6). It does not wait for a client
   * that still waits for {@code 100 Continue} (RFC 9110 § 10.1.1).
   *
   * @return completes {@code callback}, successfully even if the rest of the body does not arrive
   */
  static Callback drainingBody(Request request, Callback callback) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)
        && Request.getContentBytesRead(request) == 0) {
      return callback;
    }
    Callback done = Callback.from(callback::succeeded, hungUp -> callback.succeeded());
    return Callback.from(() -> Content.Source.consumeAll(request, done), callback::failed);
  }

  /** Returns a request as it was sent; absent parts are empty. */
  static RawRequest raw(Request request, byte[] body) {
    HttpURI uri = request.getHttpURI();
    List<RawRequest.Header> headers =
        request.getHeaders().stream()
            .map(
                field ->
                    new RawRequest.Header(
                        field.getName(), Optional.ofNullable(field.getValue()).orElse("")))
            .toList();
    return new RawRequest(
        request.getMethod(),
        Optional.ofNullable(uri.getPath()).orElse(""),
        Optional.ofNullable(uri.getQuery()).orElse(""),
        headers,
        body);
  }
}
