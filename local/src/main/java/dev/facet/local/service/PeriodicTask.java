package dev.facet.local.service;

import dev.facet.core.faults.Fault;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A task that runs at the start and every hour, or at another interval. A failed run is repeated at
 * the next interval.
 */
final class PeriodicTask implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Duration every;
  private final Runnable work;
  private final PrintStream log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param name the task's name in the log
   * @param log receives failures, a line each
   */
  PeriodicTask(String name, Runnable work, PrintStream log) {
    this(name, Duration.ofHours(1), work, log);
  }

  /** Creates a task with another interval. */
  PeriodicTask(String name, Duration every, Runnable work, PrintStream log) {
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
      // after close, the task can fail because the stores are gone
      if (closed.getCount() > 0) {
        log.printf("%s failed: %s%n", name, failure instanceof Fault f ? f.reason() : failure);
      }
    }
  }

  /** Waits up to 5 s for a run in progress; interrupting it could harm the stores. */
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
