package dev.facet.local.lambda.isolated;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * An account's limit of simultaneous invocations, over all its functions. A function that invokes
 * another occupies two places. Safe for concurrent use.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html">Lambda
 *     concurrency</a>
 */
public final class ConcurrencyLimit {

  /** No limit. */
  public static final ConcurrencyLimit NONE = new ConcurrencyLimit(0);

  private final int places;
  private final Semaphore free;

  private ConcurrencyLimit(int places) {
    this.places = places;
    this.free = new Semaphore(places);
  }

  /** Returns a limit of some places; 0 stands for none. */
  public static ConcurrencyLimit of(int places) {
    if (places < 0) {
      throw new IllegalArgumentException("concurrency must be at least 1");
    }
    return places == 0 ? NONE : new ConcurrencyLimit(places);
  }

  /** Runs work if a place is free; returns empty otherwise, as Lambda throttles. */
  public <T> Optional<T> attempt(Supplier<T> work) {
    if (places == 0) {
      return Optional.of(work.get());
    }
    if (!free.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      free.release();
    }
  }

  /** Returns the processes that a function may need: its own limit, or more under this one. */
  int processes(int ofFunction) {
    return Math.max(ofFunction, places);
  }
}
