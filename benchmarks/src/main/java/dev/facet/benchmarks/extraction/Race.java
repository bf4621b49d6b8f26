package dev.facet.benchmarks.extraction;

import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.peers.Plan;
import dev.facet.benchmarks.peers.Seen;
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
 * Contenders over the same photos: photo by photo each has its turn, so that whatever disturbs the
 * machine disturbs all alike. A round is all photos once.
 */
final class Race {

  private final List<Path> photos;
  private final Map<Contender, List<List<Seen>>> rounds = new LinkedHashMap<>();

  private Race(List<Contender> contenders, List<Path> photos) {
    this.photos = photos;
    contenders.forEach(contender -> rounds.put(contender, new ArrayList<>()));
  }

  /**
   * Runs it.
   *
   * @param planner tells how to look at a photo
   * @param warmUps rounds that don't count: networks are compiled for their sizes, Java for its
   *     path
   * @param rounds rounds that count
   */
  static Race run(
      List<Contender> contenders, List<Path> photos, Peer planner, int warmUps, int rounds) {
    Race race = new Race(contenders, photos);
    Map<Path, Plan> plans = new LinkedHashMap<>();
    photos.forEach(photo -> plans.put(photo, planner.plan(photo)));
    for (int round = -warmUps; round < rounds; round++) {
      race.round(plans, Math.floorMod(round, contenders.size()), round >= 0);
    }
    return race;
  }

  private void round(Map<Path, Plan> plans, int turn, boolean counts) {
    Map<Contender, List<Seen>> seen = new LinkedHashMap<>();
    for (Path photo : photos) {
      for (Contender contender : Turns.order(contenders(), turn)) {
        seen.computeIfAbsent(contender, each -> new ArrayList<>())
            .add(contender.extract(photo, plans.get(photo)));
      }
    }
    if (counts) {
      seen.forEach((contender, answers) -> rounds(contender).add(answers));
    }
  }

  /** Who took part. */
  List<Contender> contenders() {
    return List.copyOf(rounds.keySet());
  }

  /** What was looked at. */
  List<Path> photos() {
    return photos;
  }

  /** What a contender saw in each photo; the same in every round. */
  List<Seen> seen(Contender contender) {
    return rounds(contender).getFirst();
  }

  /** Milliseconds a photo, the mean over the photos of each round. */
  Samples millis(Contender contender) {
    return each(contender, Seen::millis);
  }

  /**
   * Milliseconds of processor time a photo, on all threads: the mean, since some systems count it
   * in steps of ten.
   */
  double processor(Contender contender) {
    return each(contender, Seen::cpu).mean();
  }

  /** The stages that a contender tells of, in order. */
  Set<String> stages(Contender contender) {
    Set<String> stages = new LinkedHashSet<>();
    seen(contender).forEach(seen -> stages.addAll(seen.stages().keySet()));
    return stages;
  }

  /** Milliseconds a photo of one stage. */
  Samples stage(Contender contender, String stage) {
    return each(contender, seen -> seen.stages().getOrDefault(stage, 0.0));
  }

  private Samples each(Contender contender, ToDoubleFunction<Seen> number) {
    return Samples.of(
        rounds(contender), round -> round.stream().mapToDouble(number).average().orElseThrow());
  }

  private List<List<Seen>> rounds(Contender contender) {
    return Objects.requireNonNull(rounds.get(contender), contender.title());
  }
}
