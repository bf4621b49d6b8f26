package dev.facet.benchmarks.gateway;

import dev.facet.client.FacetException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/** Clients that ask one thing after another for a while. */
final class Load {

  private Load() {}

  /**
   * What they got.
   *
   * @param perSecond answers a second
   * @param errors requests that failed
   */
  record Outcome(double perSecond, long errors) {}

  /**
   * Runs them, each on a thread of its own.
   *
   * @param spell how long none begins another request
   * @param request is given its number
   */
  static Outcome run(int clients, Duration spell, IntConsumer request) throws InterruptedException {
    LongAdder answers = new LongAdder();
    LongAdder errors = new LongAdder();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int client = 0; client < clients; client++) {
        int first = client;
        threads.execute(
            () -> {
              for (int turn = first; System.nanoTime() - start < spell.toNanos(); turn++) {
                try {
                  request.accept(turn);
                  answers.increment();
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
    return new Outcome(answers.sum() / seconds, errors.sum());
  }
}
