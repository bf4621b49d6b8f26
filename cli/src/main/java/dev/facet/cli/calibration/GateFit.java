package dev.facet.cli.calibration;

import dev.facet.cli.calibration.DegradedFaces.Condition;
import dev.facet.cli.calibration.DegradedFaces.Face;
import dev.facet.core.gallery.Weighing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Finds the strictest limits of norm and directional sharpness that usable photos allow: almost no
 * clean photo is refused, and few of the mildly degraded ones for fitting. Whether that suffices to
 * bound the false match rates is reported, since a gate can't refuse covered faces of a high norm.
 */
final class GateFit {

  /** The highest share of clean photos that the gate refuses. */
  static final double MAX_CLEAN_REFUSED = 0.01;

  /**
   * The highest share of one mild condition that the gate refuses; half of what is claimed for it,
   * because the quality floor of an application refuses more.
   */
  static final double MAX_MILD_REFUSED = 0.025;

  static final double MAX_MASKS_REFUSED = 0.05;

  private static final String MASK = "surgical mask";

  /**
   * The rates are bounded at half of what is claimed, because kinds that the fit does not know are
   * somewhat worse than those that it knows.
   */
  static final double MAX_RATE = QualityTable.MAX_RATE / 2;

  static final double MAX_STRENGTH_RATE = QualityTable.MAX_KIND_RATE / 2;

  private static final double LEAST_SHARE = 0.5;
  private static final double SHARE_STEP = 0.01;
  private static final int SHARES = 51;
  private static final double SHARPNESS_STEP = 0.02;
  private static final int SHARPNESSES = 36;

  private final DegradedFaces faces;
  private final Condition clean;
  private final double usualNorm;
  private final List<Tally> tallies;

  /**
   * The result of a fit.
   *
   * @param minNorm the least norm
   * @param minDirectionalSharpness the least directional sharpness, 0..1
   * @param rate the FMR over the conditions for fitting
   * @param worst the highest FMR of one of them
   * @param cleanRefused the share of clean photos that are refused
   * @param bounded whether the rates are kept
   */
  record Gate(
      double minNorm,
      double minDirectionalSharpness,
      double rate,
      double worst,
      double cleanRefused,
      boolean bounded) {

    boolean passes(Face face) {
      return face.template().norm() >= minNorm
          && face.directionalSharpness() >= minDirectionalSharpness;
    }
  }

  /** A false match: the lesser norm and the lesser sharpness of its two faces. */
  private record FalseMatch(double norm, double sharpness) {

    boolean passes(double minNorm, double minSharpness) {
      return norm >= minNorm && sharpness >= minSharpness;
    }
  }

  /** What a gate would admit in one condition. */
  private record Tally(Condition condition, List<FalseMatch> falseMatches) {}

  /**
   * Counts the false matches.
   *
   * @param faces clean photos, and degraded ones of which only those for fitting are used
   * @param clean the clean photos of which almost none may be refused
   * @param threshold the weighed similarity of score 7000
   * @param usualNorm the median norm of clean photos
   */
  GateFit(
      DegradedFaces faces, Condition clean, Weighing weighing, double threshold, double usualNorm) {
    this.faces = faces;
    this.clean = clean;
    this.usualNorm = usualNorm;
    this.tallies =
        faces.conditions().parallelStream()
            .filter(Condition::isForFitting)
            .map(condition -> new Tally(condition, falseMatches(condition, weighing, threshold)))
            .toList();
  }

  private List<FalseMatch> falseMatches(Condition condition, Weighing weighing, double threshold) {
    List<FalseMatch> found = new ArrayList<>();
    faces.compare(
        condition,
        condition,
        _ -> true,
        weighing,
        (first, one, second, other, similarity) -> {
          if (first != second && similarity >= threshold) {
            found.add(
                new FalseMatch(
                    Math.min(one.template().norm(), other.template().norm()),
                    Math.min(one.directionalSharpness(), other.directionalSharpness())));
          }
        });
    return found;
  }

  /** Returns the strictest limits: first of the norm, then of the directional sharpness. */
  Gate fit() {
    double minNorm =
        strictest(SHARES, step -> norm(LEAST_SHARE + SHARE_STEP * step), norm -> admits(norm, 0));
    double minSharpness =
        strictest(
            SHARPNESSES, step -> SHARPNESS_STEP * step, sharpness -> admits(minNorm, sharpness));
    return gate(minNorm, minSharpness);
  }

  private double norm(double share) {
    return Math.round(usualNorm * share * 1000) / 1000.0;
  }

  private static double strictest(
      int steps, IntToDoubleFunction limit, DoublePredicate admissible) {
    return IntStream.range(1, steps)
        .mapToDouble(limit)
        .filter(admissible)
        .max()
        .orElse(limit.applyAsDouble(0));
  }

  /** Returns whether few enough usable photos are refused. */
  private boolean admits(double minNorm, double minSharpness) {
    Gate limits = new Gate(minNorm, minSharpness, 0, 0, 0, false);
    return refused(clean, limits::passes) <= MAX_CLEAN_REFUSED
        && tallies.stream()
            .map(Tally::condition)
            .filter(Condition::isMild)
            .allMatch(condition -> refused(condition, limits::passes) <= most(condition));
  }

  private static double most(Condition condition) {
    return condition.name().equals(MASK) ? MAX_MASKS_REFUSED : MAX_MILD_REFUSED;
  }

  private Gate gate(double minNorm, double minSharpness) {
    double sharpness = Math.round(minSharpness * 100) / 100.0;
    Gate limits = new Gate(minNorm, sharpness, 0, 0, 0, false);
    long errors = 0;
    long pairs = 0;
    double worst = 0;
    for (Tally tally : tallies) {
      long own =
          tally.falseMatches().stream().filter(each -> each.passes(minNorm, sharpness)).count();
      long compared = impostorPairs(tally.condition(), limits::passes);
      errors += own;
      pairs += compared;
      // too few comparisons for a rate: the same errors among the least number that gives one
      worst = Math.max(worst, (double) own / Math.max(compared, QualityTable.MIN_IMPOSTOR_PAIRS));
    }
    double rate = pairs == 0 ? 0 : (double) errors / pairs;
    return new Gate(
        minNorm,
        sharpness,
        rate,
        worst,
        refused(clean, limits::passes),
        rate <= MAX_RATE && worst <= MAX_STRENGTH_RATE);
  }

  private static double refused(Condition condition, Predicate<Face> accepted) {
    List<Face> found = condition.faces().stream().flatMap(Optional::stream).toList();
    return found.isEmpty()
        ? 0
        : (double) found.stream().filter(accepted.negate()).count() / found.size();
  }

  private long impostorPairs(Condition condition, Predicate<Face> accepted) {
    long[] byPerson = new long[faces.people().size()];
    long all = 0;
    for (int photo = 0; photo < faces.owners().size(); photo++) {
      if (condition.faces().get(photo).filter(accepted).isPresent()) {
        byPerson[faces.owners().get(photo)]++;
        all++;
      }
    }
    long pairs = all * all;
    for (long own : byPerson) {
      pairs -= own * own;
    }
    return pairs / 2;
  }
}
