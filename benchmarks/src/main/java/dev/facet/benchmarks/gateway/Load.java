package dev.facet.benchmarks.gateway;

import dev.facet.client.FacetException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/** Clients that each send one request after another for a given time. */
final class Load {

  private Load() {}

  /**
   * The result of a load.
   *
   * @param perSecond responses per second
   * @param errors the number of failed requests
   */
  record LoadResult(double perSecond, long errors) {}

  /**
   * Runs the clients, each on a separate thread.
   *
   * @param duration the time in which clients begin requests
   * @param request sends a request; receives its number
   */
  static LoadResult run(int clients, Duration duration, IntConsumer request)
      throws InterruptedException {
    LongAdder responses = new LongAdder();
    LongAdder errors = new LongAdder();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int client = 0; client < clients; client++) {
        int first = client;
        threads.execute(
            () -> {
              for (int turn = first; System.nanoTime() - start < duration.toNanos(); turn++) {
                try {
                  request.accept(turn);
                  responses.increment();
                } catch (FacetException e) {
                  errors.increment();
                }
              }
            });
      }
      threads.shutdown();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new LoadResult(responses.sum() / seconds, errors.sum());
  }
}
