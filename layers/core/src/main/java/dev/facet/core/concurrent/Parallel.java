package dev.facet.core.concurrent;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Runs work that mostly waits on several items at once. */
public final class Parallel {

  private Parallel() {}

  /**
   * Returns the results for all items, in their order. One item is worked on by the calling thread.
   *
   * @param work throws no exception
   */
  public static <T, R> List<R> map(List<T> items, Function<T, R> work) {
    if (items.size() == 1) {
      return List.of(work.apply(items.getFirst()));
    }
    List<Future<R>> results;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      results = items.stream().map(item -> threads.submit(() -> work.apply(item))).toList();
    }
    return results.stream().map(Future::resultNow).toList();
  }
}
