package dev.facet.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Passes complete requests from Jetty to a responder, and its responses back. A request whose head
 * alone decides the response is answered before its body is read, and all bodies together stay
 * within a {@link BodyBudget}, so that strangers can't use up the memory.
 */
public final class BoundedHandler extends Handler.Abstract {

  private static final byte[] EMPTY_BODY = new byte[0];

  private final Responder responder;
  private final AllowedHosts hosts;
  private final Limits limits;
  private final BodyBudget budget;
  private final SlowSenders slowSenders;

  /** Answers requests. */
  public interface Responder {

    /**
     * Returns the response to a request that needs no body, such as a refusal; empty if the body is
     * needed.
     *
     * @param head the request with an empty body
     */
    Optional<Response> respondToHead(RawRequest head, String sourceIp);

    /** Returns the response to a request that the server itself refuses. */
    Response refuse(Refusal reason, RawRequest head, String sourceIp);

    /**
     * Answers a request.
     *
     * @throws InterruptedException if the server stops meanwhile
     */
    Response respond(RawRequest request, String sourceIp) throws InterruptedException;
  }

  /** The reasons for which the server itself refuses a request. */
  public enum Refusal {
    /** The header {@code Host} names another server. */
    FOREIGN_HOST,
    /** The body exceeds the limit. */
    TOO_LONG,
    /** The bodies of other requests left no memory for this one in time. */
    BUSY
  }

  /**
   * The limits on a body.
   *
   * @param bytes its maximum size
   * @param truncate whether a longer one is cut off, instead of refused
   * @param maxWait how long a request waits for memory
   */
  public record Limits(int bytes, boolean truncate, Duration maxWait) {}

  public BoundedHandler(
      Responder responder,
      AllowedHosts hosts,
      Limits limits,
      BodyBudget budget,
      SlowSenders slowSenders) {
    this.responder = responder;
    this.hosts = hosts;
    this.limits = limits;
    this.budget = budget;
    this.slowSenders = slowSenders;
  }

  @Override
  public boolean handle(
      Request request, org.eclipse.jetty.server.Response response, Callback callback)
      throws IOException, InterruptedException {
    Connection connection = request.getConnectionMetaData().getConnection();
    slowSenders.headersReceived(connection);
    Request.addCompletionListener(request, failure -> slowSenders.responseSent(connection));
    RawRequest head = JettyRequests.raw(request, EMPTY_BODY);
    String sourceIp = Request.getRemoteAddr(request);
    if (!hosts.allow(head)) {
      refuse(Refusal.FOREIGN_HOST, head, request, response, callback);
      return true;
    }
    if (request.getLength() > limits.bytes() && !limits.truncate()) {
      refuse(Refusal.TOO_LONG, head, request, response, callback);
      return true;
    }
    Optional<Response> early = responder.respondToHead(head, sourceIp);
    if (early.isPresent()) {
      write(early.get(), response, JettyRequests.drainingBody(request, callback));
    } else if (!hasBody(request)) {
      slowSenders.bodyReceived(connection);
      write(responder.respond(head, sourceIp), response, callback);
    } else {
      respondWithBody(connection, head, request, response, callback);
    }
    return true;
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  private void respondWithBody(
      Connection connection,
      RawRequest head,
      Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback)
      throws IOException, InterruptedException {
    long length = request.getLength() < 0 ? limits.bytes() : request.getLength();
    slowSenders.bodyReceived(connection); // the wait for memory is not the client's slowness
    Optional<BodyBudget.Share> taken =
        budget.take(Math.min(length, limits.bytes()), limits.maxWait());
    if (taken.isEmpty()) {
      refuse(Refusal.BUSY, head, request, response, callback);
      return;
    }
    try (BodyBudget.Share _ = taken.get()) {
      slowSenders.headersReceived(connection);
      byte[] body = body(request);
      if (body == null) {
        refuse(Refusal.TOO_LONG, head, request, response, callback);
        return;
      }
      slowSenders.bodyReceived(connection);
      Response result =
          responder.respond(JettyRequests.raw(request, body), Request.getRemoteAddr(request));
      write(result, response, JettyRequests.drainingBody(request, callback));
    }
  }

  /** Reads the body; returns null if it is too long, possibly with a part unread. */
  private byte @Nullable [] body(Request request) throws IOException {
    InputStream content = Content.Source.asInputStream(request);
    if (request.getLength() >= 0) {
      byte[] body = new byte[(int) Math.min(request.getLength(), limits.bytes())];
      int read = content.readNBytes(body, 0, body.length);
      return read == body.length ? body : Arrays.copyOf(body, read);
    }
    if (limits.truncate()) {
      return content.readNBytes(limits.bytes());
    }
    byte[] body = content.readNBytes(limits.bytes() + 1);
    return body.length > limits.bytes() ? null : body;
  }

  private void refuse(
      Refusal reason,
      RawRequest head,
      Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    slowSenders.headersReceived(request.getConnectionMetaData().getConnection());
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    write(
        responder.refuse(reason, head, Request.getRemoteAddr(request)),
        response,
        JettyRequests.drainingBody(request, callback));
  }

  private static void write(
      Response result, org.eclipse.jetty.server.Response response, Callback callback) {
    response.setStatus(result.status());
    result.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
    response.write(true, ByteBuffer.wrap(result.body()), callback);
  }
}
