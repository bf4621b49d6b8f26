package dev.facet.benchmarks.extraction;

import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.peers.DetectionPlan;
import dev.facet.benchmarks.peers.ExtractionResult;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.peers.Turns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A comparison of contenders on the same photos. Contenders take turns on each photo, so that a
 * disturbance of the machine affects all of them alike. A round covers all photos once.
 */
final class Race {

  private final List<Path> photos;
  private final Map<Contender, List<List<ExtractionResult>>> rounds = new LinkedHashMap<>();

  private Race(List<Contender> contenders, List<Path> photos) {
    this.photos = photos;
    contenders.forEach(contender -> rounds.put(contender, new ArrayList<>()));
  }

  /**
   * Runs the comparison.
   *
   * @param planner supplies the detection plan of each photo
   * @param warmUps rounds that don't count: runtimes compile networks for their sizes, and the JVM
   *     compiles hot code
   * @param rounds rounds that count
   */
  static Race run(
      List<Contender> contenders, List<Path> photos, Peer planner, int warmUps, int rounds) {
    Race race = new Race(contenders, photos);
    Map<Path, DetectionPlan> plans = new LinkedHashMap<>();
    photos.forEach(photo -> plans.put(photo, planner.plan(photo)));
    for (int round = -warmUps; round < rounds; round++) {
      race.round(plans, round, round >= 0);
    }
    return race;
  }

  private void round(Map<Path, DetectionPlan> plans, int turn, boolean counts) {
    Map<Contender, List<ExtractionResult>> seen = new LinkedHashMap<>();
    for (Path photo : photos) {
      for (Contender contender : Turns.order(contenders(), turn)) {
        seen.computeIfAbsent(contender, each -> new ArrayList<>())
            .add(contender.extract(photo, plans.get(photo)));
      }
    }
    if (counts) {
      seen.forEach((contender, results) -> rounds(contender).add(results));
    }
  }

  /** Returns the contenders. */
  List<Contender> contenders() {
    return List.copyOf(rounds.keySet());
  }

  /** Returns the photos. */
  List<Path> photos() {
    return photos;
  }

  /** Returns a contender's result for each photo; the faces are the same in every round. */
  List<ExtractionResult> seen(Contender contender) {
    return rounds(contender).getFirst();
  }

  /** Returns milliseconds per photo: the mean over the photos of each round. */
  Samples millis(Contender contender) {
    return each(contender, ExtractionResult::millis);
  }

  /**
   * Returns milliseconds of CPU time per photo, on all threads. It is a mean, since some systems
   * count CPU time in steps of ten milliseconds.
   */
  double processor(Contender contender) {
    return each(contender, ExtractionResult::cpu).mean();
  }

  /** Returns the stages that a contender reports, in order. */
  Set<String> stages(Contender contender) {
    Set<String> stages = new LinkedHashSet<>();
    seen(contender).forEach(seen -> stages.addAll(seen.stages().keySet()));
    return stages;
  }

  /** Returns milliseconds per photo of one stage. */
  Samples stage(Contender contender, String stage) {
    return each(contender, seen -> seen.stages().getOrDefault(stage, 0.0));
  }

  private Samples each(Contender contender, ToDoubleFunction<ExtractionResult> number) {
    return Samples.of(
        rounds(contender), round -> round.stream().mapToDouble(number).average().orElseThrow());
  }

  private List<List<ExtractionResult>> rounds(Contender contender) {
    return Objects.requireNonNull(rounds.get(contender), contender.title());
  }
}
