package dev.facet.benchmarks.ours;

import dev.facet.vision.StageTimer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Sums the time of each stage and records the detector's passes. Not thread-safe. */
final class StageWatch implements StageTimer {

  private final Map<String, Double> millis = new LinkedHashMap<>();
  private final List<Look> looks = new ArrayList<>();

  /** Discards all records. */
  void clear() {
    millis.clear();
    looks.clear();
  }

  /** Returns milliseconds by stage, in the order of their first use. */
  Map<String, Double> millis() {
    return new LinkedHashMap<>(millis);
  }

  /** Returns the detector's passes over whole photos. */
  List<Look> looks() {
    return List.copyOf(looks);
  }

  @Override
  public void looked(Look look) {
    looks.add(look);
  }

  @Override
  public <T> T time(Stage stage, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      millis.merge(name(stage), (System.nanoTime() - start) / 1e6, Double::sum);
    }
  }

  /** Returns the peers' name for a stage. */
  private static String name(Stage stage) {
    return stage == Stage.EMBED ? "template" : stage.name().toLowerCase(Locale.ROOT);
  }
}
