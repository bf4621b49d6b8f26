package dev.facet.local.service;

import dev.facet.core.faults.Fault;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A task that runs at the start and then every hour, or at another interval, counted from the end
 * of a run. A failed run is logged and does not stop the next one.
 */
final class PeriodicTask implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final String name;
  private final Runnable work;
  private final PrintStream log;
  private final ScheduledExecutorService scheduler;

  /**
   * @param name the task's name in the log
   * @param log receives failures, a line each
   */
  PeriodicTask(String name, Runnable work, PrintStream log) {
    this(name, Duration.ofHours(1), work, log);
  }

  /** Creates a task with another interval. */
  PeriodicTask(String name, Duration interval, Runnable work, PrintStream log) {
    this.name = name;
    this.work = work;
    this.log = log;
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name(name).factory());
    var _ =
        scheduler.scheduleWithFixedDelay(
            this::runOnce, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs the task; catches errors too, because the scheduler would end the task silently. */
  private void runOnce() {
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      // after close, the task can fail because the stores are gone
      if (!scheduler.isShutdown()) {
        log.printf("%s failed: %s%n", name, failure instanceof Fault f ? f.reason() : failure);
      }
    }
  }

  /** Waits up to 5 s for a run in progress; interrupting it could harm the stores. */
  @Override
  public void close() {
    scheduler.shutdown();
    try {
      var _ = scheduler.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
