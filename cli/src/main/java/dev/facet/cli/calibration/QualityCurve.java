package dev.facet.cli.calibration;

import dev.facet.core.bundle.Measurability.QualityPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Fits the probability that a mated comparison succeeds to the norm, by isotonic regression: the
 * probability never falls while the norm rises (pool adjacent violators, Ayer et al. 1955).
 */
final class QualityCurve {

  /** The number of groups of equal size that the observations are divided into. */
  private static final int MAX_POINTS = 16;

  private QualityCurve() {}

  /**
   * A face and the share of its mated comparisons that succeed.
   *
   * @param norm its norm
   * @param success 0..1
   */
  record Observation(double norm, double success) {}

  /** A range of norms with its mean norm and mean success. */
  private record Group(double norm, double success, int size) {

    Group plus(Group next) {
      int both = size + next.size;
      return new Group(
          (norm * size + next.norm * next.size) / both,
          (success * size + next.success * next.size) / both,
          both);
    }
  }

  /**
   * Fits a curve.
   *
   * @param observations at least one, in any order
   * @return points with rising norm and probability that does not fall
   */
  static List<QualityPoint> fit(List<Observation> observations) {
    List<Observation> sorted =
        observations.stream().sorted(Comparator.comparingDouble(Observation::norm)).toList();
    List<Group> groups = new ArrayList<>();
    int points = Math.min(MAX_POINTS, sorted.size());
    for (int i = 0; i < points; i++) {
      List<Observation> part =
          sorted.subList(i * sorted.size() / points, (i + 1) * sorted.size() / points);
      Group group =
          part.stream()
              .map(each -> new Group(each.norm(), each.success(), 1))
              .reduce(Group::plus)
              .orElseThrow();
      while (!groups.isEmpty() && groups.getLast().success() >= group.success()) {
        group = groups.removeLast().plus(group);
      }
      groups.add(group);
    }
    return groups.stream().map(QualityCurve::rounded).toList();
  }

  private static QualityPoint rounded(Group group) {
    return new QualityPoint(
        Math.round(group.norm() * 1000) / 1000.0, Math.round(group.success() * 1000) / 1000.0);
  }
}
