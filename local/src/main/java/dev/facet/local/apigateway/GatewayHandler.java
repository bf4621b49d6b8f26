package dev.facet.local.apigateway;

import dev.facet.local.http.JettyRequests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Passes complete requests from the HTTP server to the gateway, and its responses back. */
final class GatewayHandler extends Handler.Abstract {

  /** API Gateway's limit on a request's body: 10 MB. */
  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;

  private static final byte[] EMPTY_BODY = new byte[0];

  private final Gateway gateway;
  private final SlowSenders slowSenders;

  GatewayHandler(Gateway gateway, SlowSenders slowSenders) {
    this.gateway = gateway;
    this.slowSenders = slowSenders;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    Connection connection = request.getConnectionMetaData().getConnection();
    slowSenders.headersReceived(connection);
    Request.addCompletionListener(request, failure -> slowSenders.responseSent(connection));
    Optional<byte[]> body = body(request);
    String sourceIp = Request.getRemoteAddr(request);
    if (body.isPresent()) {
      slowSenders.bodyReceived(connection);
      write(gateway.handle(JettyRequests.raw(request, body.get()), sourceIp), response, callback);
    } else {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      write(
          gateway.handleTooLong(JettyRequests.raw(request, EMPTY_BODY), sourceIp),
          response,
          JettyRequests.drainingBody(request, callback));
    }
    return true;
  }

  /** Reads the whole body; returns empty if it is too long, possibly with a part unread. */
  private static Optional<byte[]> body(Request request) throws IOException {
    if (request.getLength() > MAX_BODY_BYTES) {
      return Optional.empty();
    }
    byte[] body = Content.Source.asInputStream(request).readNBytes(MAX_BODY_BYTES + 1);
    return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(body);
  }

  private static void write(GatewayResponse result, Response response, Callback callback) {
    response.setStatus(result.status());
    result.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
    response.write(true, ByteBuffer.wrap(result.body()), callback);
  }
}
