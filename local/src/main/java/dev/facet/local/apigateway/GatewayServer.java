package dev.facet.local.apigateway;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
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
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The gateway on a port of this machine, and of no other: HTTP/1.1 with keep-alive, each request on
 * a virtual thread, with limits on everything that a client may send or leave out.
 */
public final class GatewayServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_CONNECTIONS = 1024;
  private static final int MOST_THREADS = 16;

  private final Server server;
  private final ServerConnector connector;

  /**
   * How long a client may take.
   *
   * @param idle without a sign of life
   * @param headers from the first byte of a request to the end of its headers
   * @param body from there to the end of its body
   * @param stop for requests that are being answered when the server stops
   */
  public record Patience(Duration idle, Duration headers, Duration body, Duration stop) {

    /** What real clients keep to easily. */
    public static final Patience DEFAULT =
        new Patience(
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
   * Starts serving.
   *
   * @param port where; 0 for any that is free
   * @param headerBytes the most of request line and headers
   * @throws IOException if the port can't be had
   */
  public static GatewayServer start(Gateway gateway, int port, int headerBytes, Patience patience)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    SlowSenders slowSenders =
        new SlowSenders(patience.headers(), patience.body(), InstantSource.system());
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(http(headerBytes)));
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    connector.setIdleTimeout(patience.idle().toMillis());
    connector.addBean(slowSenders);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    server.setErrorHandler(new JsonErrors());
    server.setHandler(new GracefulHandler(new GatewayHandler(gateway, slowSenders)));
    server.setStopTimeout(patience.stop().toMillis());
    begin(server);
    sweepEverySecond(slowSenders, server.getScheduler());
    return new GatewayServer(server, connector);
  }

  /** Where it listens. */
  public String endpoint() {
    return "http://%s:%d".formatted(LOOPBACK, connector.getLocalPort());
  }

  /** Takes no more requests, and returns when those under way are answered. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server did not stop as it should.", e);
    }
  }

  private static HttpConfiguration http(int headerBytes) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(headerBytes);
    http.setSendServerVersion(false);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    // paths are compared and signed as they were sent: nothing in them is ambiguous to the gateway
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  private static void begin(Server server) throws IOException {
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

  private static void sweepEverySecond(SlowSenders slowSenders, Scheduler scheduler) {
    scheduler.schedule(
        () -> {
          slowSenders.sweep();
          sweepEverySecond(slowSenders, scheduler);
        },
        1,
        TimeUnit.SECONDS);
  }
}
