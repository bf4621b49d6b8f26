package dev.facet.local.apigateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;

/**
 * Hangs up on clients that begin a request and do not come to its end in time. A server's idle
 * timeout does not see them: a byte now and then keeps the connection busy.
 */
final class SlowSenders implements Connection.Listener {

  private final Duration headers;
  private final Duration body;
  private final InstantSource clock;
  private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();

  /**
   * @param headers how long the headers of a request may take from its first byte on
   * @param body how long its body may take from there
   */
  SlowSenders(Duration headers, Duration body, InstantSource clock) {
    this.headers = headers;
    this.body = body;
    this.clock = clock;
  }

  @Override
  public void onOpened(Connection connection) {
    watches.put(connection, new Watch());
  }

  @Override
  public void onClosed(Connection connection) {
    watches.remove(connection);
  }

  /** A request's headers have come. */
  void headersCame(Connection connection) {
    enter(State.BODY, connection);
  }

  /** A request's body has come. */
  void bodyCame(Connection connection) {
    enter(State.ANSWER, connection);
  }

  /** A request has been answered; the next one on the connection may come. */
  void answered(Connection connection) {
    enter(State.REST, connection);
  }

  /** Hangs up on those who are late; to be called every second or so. */
  void sweep() {
    Instant now = clock.instant();
    watches.forEach(
        (connection, watch) -> {
          if (watch.isLate(connection.getBytesIn(), now)) {
            connection.getEndPoint().close();
          }
        });
  }

  private void enter(State state, Connection connection) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      watch.enter(state, connection.getBytesIn(), clock.instant());
    }
  }

  /** What is awaited on a connection. */
  private enum State {
    REST,
    HEADERS,
    BODY,
    ANSWER
  }

  private final class Watch {
    private State state = State.REST;
    private Instant since = clock.instant();
    private long bytesAtRest;

    synchronized void enter(State next, long bytes, Instant now) {
      state = next;
      since = now;
      bytesAtRest = bytes;
    }

    synchronized boolean isLate(long bytes, Instant now) {
      if (state == State.REST && bytes != bytesAtRest) {
        enter(State.HEADERS, bytes, now);
      }
      return switch (state) {
        case REST, ANSWER -> false;
        case HEADERS -> now.isAfter(since.plus(headers));
        case BODY -> now.isAfter(since.plus(body));
      };
    }
  }
}
