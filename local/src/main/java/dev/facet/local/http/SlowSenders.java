package dev.facet.local.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes the connections of clients that send no request, or start one and do not complete it in
 * time. A server's idle timeout does not catch the latter: an occasional byte keeps the connection
 * active.
 *
 * <p>Jetty's MinimumDataRateHandler does not replace this class: it handles requests with complete
 * headers, so that headers that arrive byte by byte would have no limit, and it measures a rate,
 * which would give a large body more time than a small one.
 */
public final class SlowSenders implements Connection.Listener {

  private final Duration idleTimeout;
  private final Duration headerTimeout;
  private final Duration bodyTimeout;
  private final InstantSource clock;
  private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();

  /**
   * @param idleTimeout the maximum time between two requests
   * @param headerTimeout the maximum time for the headers of a request, from its first byte on
   * @param bodyTimeout the maximum time for its body, from there
   */
  public SlowSenders(
      Duration idleTimeout, Duration headerTimeout, Duration bodyTimeout, InstantSource clock) {
    this.idleTimeout = idleTimeout;
    this.headerTimeout = headerTimeout;
    this.bodyTimeout = bodyTimeout;
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

  /** Records that a request's headers have arrived. */
  void headersReceived(Connection connection) {
    enter(State.BODY, connection);
  }

  /** Records that a request's body has arrived. */
  void bodyReceived(Connection connection) {
    enter(State.RESPONSE, connection);
  }

  /** Records that a request has been answered; the next one on the connection may come. */
  void responseSent(Connection connection) {
    enter(State.IDLE, connection);
  }

  /** Closes late connections every second, as long as the scheduler runs. */
  public void sweepEverySecond(Scheduler scheduler) {
    scheduler.schedule(
        () -> {
          sweep();
          sweepEverySecond(scheduler);
        },
        1,
        TimeUnit.SECONDS);
  }

  private void sweep() {
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

  /** The next event that a connection awaits. */
  private enum State {
    IDLE,
    HEADERS,
    BODY,
    RESPONSE
  }

  private final class Watch {
    private State state = State.IDLE;
    private Instant since = clock.instant();
    private long bytesWhenIdle;

    synchronized void enter(State next, long bytes, Instant now) {
      state = next;
      since = now;
      bytesWhenIdle = bytes;
    }

    synchronized boolean isLate(long bytes, Instant now) {
      if (state == State.IDLE && bytes != bytesWhenIdle) {
        enter(State.HEADERS, bytes, now);
      }
      return switch (state) {
        case IDLE -> now.isAfter(since.plus(idleTimeout));
        case RESPONSE -> false;
        case HEADERS -> now.isAfter(since.plus(headerTimeout));
        case BODY -> now.isAfter(since.plus(bodyTimeout));
      };
    }
  }
}
