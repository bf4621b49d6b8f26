package dev.facet.local.apigateway;

import dev.facet.local.http.AllowedHosts;
import dev.facet.local.http.BodyBudget;
import dev.facet.local.http.BoundedHandler;
import dev.facet.local.http.BoundedHandler.Limits;
import dev.facet.local.http.SlowSenders;
import dev.facet.local.lambda.Lambda;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.jetty.http.HttpCompliance;
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
 * The gateway's HTTP server on the loopback address: HTTP/1.1 with keep-alive, each request on a
 * virtual thread, with limits on the size and the duration of everything that a client sends.
 */
public final class GatewayServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_CONNECTIONS = 1024;
  private static final int MAX_THREADS = 16;

  private final Server server;
  private final ServerConnector connector;

  /**
   * Timeouts for clients.
   *
   * @param idle without any traffic
   * @param headers from the first byte of a request to the end of its headers
   * @param body from there to the end of its body; also the wait for memory before the body
   * @param stop for requests in progress when the server stops
   */
  public record Timeouts(Duration idle, Duration headers, Duration body, Duration stop) {

    /** Timeouts that real clients meet easily. */
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
  }

  private GatewayServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts a server.
   *
   * @param port the port; 0 for any free one
   * @param hosts the names under which the gateway may be called
   * @param headerBytes the maximum size of request line and headers
   * @param budget the maximum size of all requests' bodies together
   * @throws IOException if the port is not available
   */
  public static GatewayServer start(
      Gateway gateway,
      int port,
      AllowedHosts hosts,
      int headerBytes,
      BodyBudget budget,
      Timeouts timeouts)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    SlowSenders slowSenders =
        new SlowSenders(
            timeouts.idle(), timeouts.headers(), timeouts.body(), InstantSource.system());
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(http(headerBytes)));
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    connector.setIdleTimeout(timeouts.idle().toMillis());
    connector.addBean(slowSenders);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setErrorHandler(new JsonErrors());
    server.setHandler(
        new GracefulHandler(
            new BoundedHandler(
                new GatewayResponder(gateway),
                hosts,
                new Limits(Lambda.MAX_PAYLOAD_BYTES, false, timeouts.body()),
                budget,
                slowSenders)));
    server.setStopTimeout(timeouts.stop().toMillis());
    startOrStop(server);
    slowSenders.sweepEverySecond(server.getScheduler());
    return new GatewayServer(server, connector);
  }

  /** Returns the URL at which the server listens. */
  public String endpoint() {
    return "http://%s:%d".formatted(LOOPBACK, connector.getLocalPort());
  }

  /** Stops accepting requests, and returns when the requests in progress are answered. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server did not stop.", e);
    }
  }

  private static HttpConfiguration http(int headerBytes) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(headerBytes);
    http.setSendServerVersion(false);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    // the gateway compares and verifies paths as they were sent, so nothing in them is ambiguous to
    // it
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  private static void startOrStop(Server server) throws IOException {
    try {
      server.start();
    } catch (IOException portTaken) {
      stopQuietly(server, portTaken);
      throw portTaken;
    } catch (Exception e) {
      stopQuietly(server, e);
      throw new IllegalStateException("The server did not start.", e);
    }
  }

  private static void stopQuietly(Server server, Exception because) {
    try {
      server.stop();
    } catch (Exception e) {
      because.addSuppressed(e);
    }
  }
}
