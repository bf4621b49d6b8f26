package dev.facet.local.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Jetty's requests as the rest of this module sees them. */
public final class JettyRequests {

  private JettyRequests() {}

  /**
   * What to do when a request has been answered that may not have been read to its end: the rest of
   * its body is taken and thrown away first. Whoever hangs up on a client that is still sending
   * makes it lose the answer (RFC 9112 § 9.6). A client that still waits to be told to send is not
   * waited for (RFC 9110 § 10.1.1).
   *
   * @return completes {@code callback}, and well even if the rest does not come
   */
  public static Callback thenSeeOff(Request request, Callback callback) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)
        && Request.getContentBytesRead(request) == 0) {
      return callback;
    }
    Callback done = Callback.from(callback::succeeded, hungUp -> callback.succeeded());
    return Callback.from(() -> Content.Source.consumeAll(request, done), callback::failed);
  }

  /** A request as it was sent; what is absent is empty. */
  public static RawRequest raw(Request request, byte[] body) {
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
