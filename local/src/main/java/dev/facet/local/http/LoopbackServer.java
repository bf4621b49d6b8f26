package dev.facet.local.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on a free loopback port, which only this machine can reach. Each request is
 * answered on a virtual thread and may take any time.
 */
public final class LoopbackServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_THREADS = 8;

  private final Server server;
  private final ServerConnector connector;

  /** Answers requests. */
  @FunctionalInterface
  public interface Responder {

    /**
     * Answers a request.
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
    return start(name, maxBodyBytes, Duration.ZERO, responder);
  }

  /**
   * Starts a server.
   *
   * @param maxBodyBytes the maximum number of bytes that are read of a body
   * @param stopTimeout how long {@link #close} waits for the requests in progress
   */
  public static LoopbackServer start(
      String name, int maxBodyBytes, Duration stopTimeout, Responder responder) {
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
    server.addConnector(connector);
    server.setHandler(new GracefulHandler(new ResponderHandler(maxBodyBytes, responder)));
    server.setStopTimeout(stopTimeout.toMillis());
    try {
      server.start();
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

  /** Passes requests to the responder, and its responses back. */
  private static final class ResponderHandler extends Handler.Abstract {

    private final int maxBodyBytes;
    private final Responder responder;

    ResponderHandler(int maxBodyBytes, Responder responder) {
      this.maxBodyBytes = maxBodyBytes;
      this.responder = responder;
    }

    @Override
    public boolean handle(
        Request request, org.eclipse.jetty.server.Response response, Callback callback)
        throws Exception {
      byte[] body = Content.Source.asInputStream(request).readNBytes(maxBodyBytes);
      Response result = responder.handle(JettyRequests.raw(request, body));
      response.setStatus(result.status());
      result.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
      response.write(
          true, ByteBuffer.wrap(result.body()), JettyRequests.drainingBody(request, callback));
      return true;
    }
  }
}
