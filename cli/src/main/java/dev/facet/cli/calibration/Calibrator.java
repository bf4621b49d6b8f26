package dev.facet.cli.calibration;

import dev.facet.cli.calibration.Calibration.TradeOff;
import dev.facet.cli.calibration.CrossValidation.Half;
import dev.facet.cli.calibration.CrossValidation.Prediction;
import dev.facet.core.bundle.ScoreMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Computes a {@link Calibration} from labelled photos. The same photos give the same result. */
final class Calibrator {

  /** The FMR at score 7000. */
  static final double FALSE_MATCH_RATE = 1e-4;

  /** The minimum number of people; the bootstrap has too few to resample below it. */
  static final int MIN_PEOPLE = 3;

  private static final int MIN_PEOPLE_TO_HALVE = 6;
  private static final int REPLICATES = 1000;
  private static final int MAX_WORST_PAIRS = 10;
  private static final int HALVINGS = 250;
  private static final int[] SCORES = {5000, 6000, ScoreMap.CALIBRATED, 8000};
  private static final double[] DISTANCES = {0.90, 1.00};
  private static final double[] PREDICTED_RATES = {1e-2, 1e-3, 1e-4};

  private final RandomGenerator random;
  private final double minAnchor;

  /**
   * Creates a calibrator.
   *
   * @param random draws people; the same seed gives the same intervals
   */
  Calibrator(RandomGenerator random) {
    this(random, -1);
  }

  /**
   * Creates a calibrator.
   *
   * @param random draws people; the same seed gives the same intervals
   * @param minAnchor the least similarity of score 7000; a higher one than that of the impostor
   *     model lowers the FMR at 7000
   */
  Calibrator(RandomGenerator random, double minAnchor) {
    this.random = random;
    this.minAnchor = minAnchor;
  }

  /**
   * Calibrates on people's photos.
   *
   * @param people at least three with a usable photo, at least one of them with two
   * @throws UnusablePhotos if there are too few
   */
  Calibration calibrate(List<PhotoSubject> people) {
    PairSet comparisons = PairSet.among(people);
    if (comparisons.people().size() < MIN_PEOPLE || comparisons.genuine().isEmpty()) {
      throw new UnusablePhotos(
          "at least %s people with a usable photo are needed, one of them with two"
              .formatted(MIN_PEOPLE));
    }
    ImpostorTail tail = ImpostorTail.fit(comparisons.impostor());
    Measurement measurement = measurement(comparisons, all(comparisons));
    double c0 = calibrated(tail);
    Optional<CrossValidation> crossValidation = crossValidation(comparisons);
    return new Calibration(
        comparisons,
        tail,
        c0,
        measurement.tailInterval(model -> model.similarity(FALSE_MATCH_RATE)),
        scores(measurement, tail),
        distances(people),
        tradeOff(measurement, tail),
        crossValidation,
        WorstPairs.at(c0, people, MAX_WORST_PAIRS));
  }

  /** Returns the similarity of score 7000 by impostor comparisons. */
  static double anchor(List<PairGroup> impostor) {
    return roundedUp(ImpostorTail.fit(impostor).similarity(FALSE_MATCH_RATE));
  }

  private Measurement measurement(PairSet comparisons, List<Integer> chosen) {
    return new Measurement(
        comparisons, new SubjectBootstrap(comparisons.people().size(), chosen, REPLICATES, random));
  }

  private List<OperatingPoint> scores(Measurement measurement, ImpostorTail tail) {
    ScoreMap map = ScoreMap.calibratedAt(calibrated(tail));
    return IntStream.of(SCORES)
        .mapToObj(score -> measurement.at(Integer.toString(score), map.minSimilarity(score), tail))
        .toList();
  }

  /**
   * Returns the similarity of score 7000, rounded up: four decimals exceed any sample's accuracy.
   */
  private double calibrated(ImpostorTail tail) {
    return Math.max(minAnchor, roundedUp(tail.similarity(FALSE_MATCH_RATE)));
  }

  private static double roundedUp(double similarity) {
    return Math.ceil(similarity * 1e4) / 1e4;
  }

  /**
   * Returns the operating points at distances, which are never weighed; between unit vectors,
   * distance² = 2 − 2 cos.
   */
  private List<OperatingPoint> distances(List<PhotoSubject> people) {
    PairSet cosines = PairSet.among(people.stream().map(PhotoSubject::unweighed).toList());
    ImpostorTail tail = ImpostorTail.fit(cosines.impostor());
    Measurement measurement = measurement(cosines, all(cosines));
    return DoubleStream.of(DISTANCES)
        .mapToObj(
            distance ->
                measurement.at(
                    String.format(Locale.ROOT, "%.2f", distance),
                    1 - distance * distance / 2,
                    tail))
        .toList();
  }

  /** Returns the DET curve for FMRs from 0.5 to 1e-7, ten points per decade. */
  private static List<TradeOff> tradeOff(Measurement measurement, ImpostorTail tail) {
    return IntStream.rangeClosed(3, 70)
        .mapToDouble(tenths -> Math.pow(10, -tenths / 10.0))
        .mapToObj(rate -> tradeOff(measurement, tail, rate))
        .toList();
  }

  private static TradeOff tradeOff(Measurement measurement, ImpostorTail tail, double rate) {
    return new TradeOff(
        rate,
        measurement.at(Double.toString(rate), tail.similarity(rate), tail),
        measurement.falseNonMatchIntervalAt(rate));
  }

  private Optional<CrossValidation> crossValidation(PairSet comparisons) {
    int people = comparisons.people().size();
    if (people < MIN_PEOPLE_TO_HALVE) {
      return Optional.empty();
    }
    Set<Integer> first = new TreeSet<>(IntStream.range(0, people / 2).boxed().toList());
    Set<Integer> second = others(first, people);
    return Optional.of(
        new CrossValidation(
            List.of(
                half("first → second", comparisons, first, second),
                half("second → first", comparisons, second, first)),
            predictions(comparisons),
            HALVINGS));
  }

  private Half half(String name, PairSet comparisons, Set<Integer> some, Set<Integer> others) {
    ImpostorTail tail = ImpostorTail.fit(comparisons.only(some).impostor());
    Measurement measurement = measurement(comparisons.only(others), List.copyOf(others));
    return new Half(
        name,
        names(comparisons, some),
        names(comparisons, others),
        calibrated(tail),
        scores(measurement, tail));
  }

  private List<Prediction> predictions(PairSet comparisons) {
    double[] sums = new double[PREDICTED_RATES.length];
    double[] worst = new double[PREDICTED_RATES.length];
    for (int i = 0; i < HALVINGS; i++) {
      Set<Integer> some = halfOf(comparisons.people().size());
      ImpostorTail tail = ImpostorTail.fit(comparisons.only(some).impostor());
      List<PairGroup> impostor =
          comparisons.only(others(some, comparisons.people().size())).impostor();
      for (int p = 0; p < PREDICTED_RATES.length; p++) {
        double counted = share(impostor, tail.similarity(PREDICTED_RATES[p]));
        sums[p] += counted / HALVINGS;
        worst[p] = Math.max(worst[p], counted);
      }
    }
    return IntStream.range(0, PREDICTED_RATES.length)
        .mapToObj(p -> new Prediction(PREDICTED_RATES[p], sums[p], worst[p]))
        .toList();
  }

  private Set<Integer> halfOf(int people) {
    Set<Integer> half = new TreeSet<>();
    while (half.size() < people / 2) {
      half.add(random.nextInt(people));
    }
    return half;
  }

  private static double share(List<PairGroup> groups, double similarity) {
    return (double) PairSet.atLeast(groups, similarity) / PairSet.size(groups);
  }

  private static Set<Integer> others(Set<Integer> some, int people) {
    Set<Integer> others = new TreeSet<>(IntStream.range(0, people).boxed().toList());
    others.removeAll(some);
    return others;
  }

  private static List<String> names(PairSet comparisons, Set<Integer> people) {
    return people.stream().map(comparisons.people()::get).toList();
  }

  private static List<Integer> all(PairSet comparisons) {
    return IntStream.range(0, comparisons.people().size()).boxed().toList();
  }
}
