package dev.facet.vision;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The machine's cores, each with a sight of its own: a request takes one, and what else is idle may
 * help it.
 *
 * @param <S> what a core has of its own
 */
final class Cores<S> implements AutoCloseable {

  private final BlockingQueue<S> idle = new LinkedBlockingQueue<>();
  private final ExecutorService helpers =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("helper-", 0).daemon().factory());

  /** So many cores. */
  Cores(int number, Supplier<S> own) {
    IntStream.range(0, number).forEach(core -> idle.add(own.get()));
  }

  /** Waits for a core; it has to be {@linkplain #release released}. */
  S take() {
    try {
      return idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a core", e);
    }
  }

  void release(S core) {
    idle.add(core);
  }

  /**
   * Does two things, side by side if a core is idle, and then something with both; what either
   * throws is thrown once neither is being done any more.
   */
  <A, B, R> R both(Supplier<A> here, Supplier<B> beside, BiFunction<A, B, R> then) {
    S spare = idle.poll();
    if (spare == null) {
      return then.apply(here.get(), beside.get());
    }
    CompletableFuture<B> second =
        CompletableFuture.supplyAsync(beside, helpers)
            .whenComplete((result, failure) -> release(spare));
    A first;
    try {
      first = here.get();
    } finally {
      second.handle((result, failure) -> result).join();
    }
    return then.apply(first, joined(second));
  }

  private static <T> T joined(CompletableFuture<T> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
