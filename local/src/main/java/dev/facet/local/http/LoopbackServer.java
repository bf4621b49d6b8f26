package dev.facet.local.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on a free loopback port, which every process of this machine can reach, so that a
 * responder has to refuse strangers. Each request is answered on a virtual thread and may take any
 * time.
 */
public final class LoopbackServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_THREADS = 8;
  private static final int MAX_CONNECTIONS = 1024;

  /** Only processes of this service send bodies, each of them a few at a time. */
  private static final int MAX_BODIES = 16;

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);

  private final Server server;
  private final ServerConnector connector;

  /** Answers requests. */
  public interface Responder {

    /**
     * Returns the refusal of a request by its head alone, so that strangers can't make the server
     * hold their bodies; empty for a request from somebody who is allowed to call.
     *
     * @param head the request with an empty body
     */
    Optional<Response> refuse(RawRequest head);

    /**
     * Answers a request that was not refused.
     *
     * @param request its body is truncated at the server's limit
     * @throws InterruptedException if the server stops meanwhile
     */
    Response handle(RawRequest request) throws InterruptedException;
  }

  private LoopbackServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts a server that does not wait for the requests in progress when it is closed.
   *
   * @param maxBodyBytes the maximum number of bytes that are read of a body
   */
  public static LoopbackServer start(String name, int maxBodyBytes, Responder responder) {
    return start(name, maxBodyBytes, Duration.ZERO, AllowedHosts.LOOPBACK, responder);
  }

  /**
   * Starts a server that may be called under any name, for a responder that demands a signature
   * over the {@code Host}: functions in containers reach it under the name of their host.
   *
   * @param maxBodyBytes the maximum number of bytes that are read of a body
   */
  public static LoopbackServer startForAnyHost(String name, int maxBodyBytes, Responder responder) {
    return start(name, maxBodyBytes, Duration.ZERO, AllowedHosts.ANY, responder);
  }

  /**
   * Starts a server.
   *
   * @param maxBodyBytes the maximum number of bytes that are read of a body
   * @param stopTimeout how long {@link #close} waits for the requests in progress
   */
  public static LoopbackServer start(
      String name, int maxBodyBytes, Duration stopTimeout, Responder responder) {
    return start(name, maxBodyBytes, stopTimeout, AllowedHosts.LOOPBACK, responder);
  }

  private static LoopbackServer start(
      String name,
      int maxBodyBytes,
      Duration stopTimeout,
      AllowedHosts hosts,
      Responder responder) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    connector.setIdleTimeout(0);
    SlowSenders slowSenders =
        new SlowSenders(IDLE_TIMEOUT, HEADER_TIMEOUT, BODY_TIMEOUT, InstantSource.system());
    connector.addBean(slowSenders);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setHandler(
        new GracefulHandler(
            new BoundedHandler(
                new Guarded(responder),
                hosts,
                new BoundedHandler.Limits(maxBodyBytes, true, BODY_TIMEOUT),
                new BodyBudget((long) maxBodyBytes * MAX_BODIES),
                slowSenders)));
    server.setStopTimeout(stopTimeout.toMillis());
    try {
      server.start();
      slowSenders.sweepEverySecond(server.getScheduler());
    } catch (Exception e) {
      throw new IllegalStateException("The server " + name + " did not start.", e);
    }
    return new LoopbackServer(server, connector);
  }

  /** Returns host and port. */
  public String address() {
    return LOOPBACK + ":" + connector.getLocalPort();
  }

  /**
   * Refuses new requests with status 503, waits for the requests in progress up to the stop
   * timeout, and interrupts the rest.
   */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server did not stop.", e);
    }
  }

  /** Adds the server's own refusals to a responder. */
  private record Guarded(Responder responder) implements BoundedHandler.Responder {

    @Override
    public Optional<Response> respondToHead(RawRequest head, String sourceIp) {
      return responder.refuse(head);
    }

    @Override
    public Response refuse(BoundedHandler.Refusal reason, RawRequest head, String sourceIp) {
      return switch (reason) {
        case FOREIGN_HOST -> Response.json(403, "{\"message\":\"Forbidden\"}");
        case TOO_LONG -> Response.json(413, "{\"message\":\"Request Too Long\"}");
        case BUSY -> Response.json(503, "{\"message\":\"Service Unavailable\"}");
      };
    }

    @Override
    public Response respond(RawRequest request, String sourceIp) throws InterruptedException {
      return responder.handle(request);
    }
  }
}
