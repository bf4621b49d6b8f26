package dev.facet.benchmarks.galleries;

import dev.facet.benchmarks.measure.Report;
import java.util.function.BooleanSupplier;

/** Loads a gallery into the service by the first requests to it. */
public final class GalleryLoad {

  private static final int MAX_REQUESTS = 20;

  private GalleryLoad() {}

  /**
   * Repeats a request until it succeeds, and reports the time. If a request times out, the next one
   * continues the load.
   *
   * @param kind the kind of request, for the report
   * @param request sends the request; returns whether it succeeded
   * @throws IllegalStateException if 20 requests fail
   */
  public static void run(Report out, String kind, BooleanSupplier request) {
    long start = System.nanoTime();
    int requests = 1;
    while (!request.getAsBoolean()) {
      if (++requests > MAX_REQUESTS) {
        throw new IllegalStateException(
            "the gallery is not loaded after %d requests".formatted(MAX_REQUESTS));
      }
    }
    out.add(
        "The first %s, which loads the gallery, took %.1f s and %d requests.\n"
            .formatted(kind, (System.nanoTime() - start) / 1e9, requests));
  }
}
