package dev.facet.local.http;

import dev.facet.local.sigv4.RawRequest;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** Jetty's requests as the rest of this module sees them. */
public final class JettyRequests {

  private JettyRequests() {}

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
