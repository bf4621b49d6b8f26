package dev.facet.local.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A bound on the total size of the bodies that a server holds at one time. Requests wait for their
 * share in the order of their arrival. It is thread-safe.
 */
public final class BodyBudget {

  /** A request's body is held as bytes, text, event, parsed tree and decoded image. */
  private static final int HEAP_PER_BODY = 16;

  private static final int UNIT = 1024;

  private final int capacity;
  private final Semaphore units;

  /** A share of the budget; closing it returns the share. */
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Creates a budget.
   *
   * @param bytes the maximum sum of all shares
   */
  public BodyBudget(long bytes) {
    this.capacity = Math.toIntExact(Math.max(1, bytes / UNIT));
    this.units = new Semaphore(capacity, true);
  }

  /** Creates the budget with which the work on all bodies fits into half of this process's heap. */
  public static BodyBudget ofHeap() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / HEAP_PER_BODY);
  }

  /**
   * Takes a share, waiting for others to be returned if necessary. A body that exceeds the whole
   * budget gets the whole budget.
   *
   * @return empty if no share was free in time
   */
  Optional<Share> take(long bytes, Duration timeout) throws InterruptedException {
    int wanted = (int) Math.min(capacity, (bytes + UNIT - 1) / UNIT);
    return units.tryAcquire(wanted, timeout.toNanos(), TimeUnit.NANOSECONDS)
        ? Optional.of(() -> units.release(wanted))
        : Optional.empty();
  }
}
