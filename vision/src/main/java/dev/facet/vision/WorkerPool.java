package dev.facet.vision;

import dev.facet.core.retry.Deadline;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A pool of worker state, one instance per core. A request takes one instance, and may run a second
 * task in parallel while another instance is idle. Safe for concurrent use.
 *
 * @param <S> the state that one core holds
 */
final class WorkerPool<S> implements AutoCloseable {

  private final BlockingQueue<S> idle = new LinkedBlockingQueue<>();
  private final ExecutorService helpers =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("helper-", 0).daemon().factory());

  /** Creates a pool of {@code number} instances. */
  WorkerPool(int number, Supplier<S> own) {
    IntStream.range(0, number).forEach(core -> idle.add(own.get()));
  }

  /**
   * Waits for a core and takes it; the caller must {@linkplain #release release} it.
   *
   * @throws dev.facet.core.faults.TransientFault TIMEOUT at the deadline; UNAVAILABLE if the thread
   *     is interrupted
   */
  S take(Deadline deadline) {
    try {
      S core = idle.poll(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      if (core == null) {
        throw Deadline.timeout(null);
      }
      return core;
    } catch (InterruptedException e) {
      throw Deadline.interrupted(e);
    }
  }

  void release(S core) {
    idle.add(core);
  }

  /**
   * Runs two tasks, in parallel if a core is idle, and returns {@code then} of both results. An
   * exception of either task is rethrown once both have ended.
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
