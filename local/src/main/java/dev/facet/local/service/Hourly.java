package dev.facet.local.service;

import dev.facet.core.faults.Fault;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does some work at the start and every hour, or as often as is said. What fails is tried again the
 * next time.
 */
final class Hourly implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Duration every;
  private final Runnable work;
  private final PrintStream log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param name what the log calls the work
   * @param log where failures go, a line each
   */
  Hourly(String name, Runnable work, PrintStream log) {
    this(name, Duration.ofHours(1), work, log);
  }

  /** Work that is done more often. */
  Hourly(String name, Duration every, Runnable work, PrintStream log) {
    this.name = name;
    this.every = every;
    this.work = work;
    this.log = log;
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    try {
      do {
        attempt();
      } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    try {
      work.run();
    } catch (RuntimeException failure) {
      // once closed, the stores may have gone from under the work
      if (closed.getCount() > 0) {
        log.printf("%s failed: %s%n", name, failure instanceof Fault f ? f.reason() : failure);
      }
    }
  }

  /** Waits a moment for work that is being done; interrupting it could harm the stores. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
