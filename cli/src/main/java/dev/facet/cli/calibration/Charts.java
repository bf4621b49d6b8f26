package dev.facet.cli.calibration;

import dev.facet.cli.calibration.Calibration.TradeOff;
import dev.facet.cli.calibration.Plot.At;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws the charts of a calibration as SVG. */
final class Charts {

  private static final double BIN = 0.02;
  private static final double LOWEST_RATE = 1e-7;

  private final Calibration calibration;

  Charts(Calibration calibration) {
    this.calibration = calibration;
  }

  /** Draws the histograms of genuine and impostor similarities, with the scores' thresholds. */
  String distributions() {
    List<At> genuine = histogram(calibration.comparisons().genuine());
    List<At> impostor = histogram(calibration.comparisons().impostor());
    double highest =
        Math.max(
            genuine.stream().mapToDouble(At::y).max().orElse(0),
            impostor.stream().mapToDouble(At::y).max().orElse(0));
    double lowest = Math.floor(5 * Math.min(first(genuine), first(impostor))) / 5;
    Plot plot =
        new Plot(
            "Histograms of genuine and impostor similarities",
            new PlotAxis(
                "cosine similarity", lowest, 1, false, steps(lowest, 1, 0.2), Charts::cosine),
            percent("share of comparisons", highest * 1.08, 5));
    plot.areaUnder("impostor", impostor).line("impostor", impostor);
    plot.areaUnder("genuine", genuine).line("genuine", genuine);
    plot.line("impostor model", modelledHistogram(impostor));
    for (OperatingPoint point : calibration.scores()) {
      plot.mark(point.calibrated() ? "main" : "", point.similarity(), point.name());
    }
    return plot.svg();
  }

  /** Draws the FMR against the threshold: counted, and by the model beyond the sample's range. */
  String tail() {
    List<TradeOff> curve = calibration.tradeOff();
    double from = Math.floor(10 * curve.getFirst().point().similarity()) / 10;
    double to = Math.ceil(10 * curve.getLast().point().similarity()) / 10;
    Plot plot =
        new Plot(
            "False match rate by similarity threshold, counted and by the model",
            new PlotAxis(
                "cosine similarity", from, to, false, steps(from, to, 0.1), Charts::cosine),
            decades("FMR", LOWEST_RATE, 1));
    plot.area(
        "impostor",
        points(curve, t -> t.point().similarity(), t -> t.point().modelledInterval().high()),
        points(curve, t -> t.point().similarity(), t -> t.point().modelledInterval().low()));
    reachable(plot, curve, t -> t.point().similarity(), TradeOff::falseMatchRate, "impostor");
    plot.line("counted", countedTail(from));
    for (OperatingPoint point : calibration.scores()) {
      if (point.similarity() > from && point.similarity() < to) {
        plot.mark(point.calibrated() ? "main" : "", point.similarity(), point.name());
      }
    }
    return plot.svg();
  }

  /** Draws the DET curve: the FNMR against the FMR. */
  String tradeOff() {
    List<TradeOff> curve =
        calibration.tradeOff().stream().filter(t -> t.falseMatchRate() <= 0.100_001).toList();
    double highest =
        curve.stream()
            .mapToDouble(t -> t.falseNonMatches().high())
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    Plot plot =
        new Plot(
            "DET curve: false non-match rate by false match rate",
            decades("FMR", LOWEST_RATE, 0.1),
            percent("FNMR", Math.max(0.01, highest * 1.05), 5));
    plot.area(
        "genuine",
        points(curve, TradeOff::falseMatchRate, t -> t.falseNonMatches().high()),
        points(curve, TradeOff::falseMatchRate, t -> t.falseNonMatches().low()));
    ToDoubleFunction<TradeOff> nonMatches = t -> t.point().falseNonMatches().rate();
    reachable(plot, curve, TradeOff::falseMatchRate, nonMatches, "genuine");
    plot.line("counted", countedTradeOff());
    for (OperatingPoint point : calibration.scores()) {
      if (point.modelled() > LOWEST_RATE && point.modelled() < 0.1) {
        plot.mark(point.calibrated() ? "main" : "", point.modelled(), point.name());
      }
    }
    return plot.svg();
  }

  /** Draws a curve, solid within the sample's range and dashed beyond. */
  private static void reachable(
      Plot plot,
      List<TradeOff> curve,
      ToDoubleFunction<TradeOff> x,
      ToDoubleFunction<TradeOff> y,
      String style) {
    Predicate<TradeOff> beyond = t -> t.point().extrapolated();
    List<TradeOff> within = curve.stream().filter(beyond.negate()).toList();
    List<TradeOff> outside = new ArrayList<>(curve.stream().filter(beyond).toList());
    if (!within.isEmpty()) {
      plot.line(style, points(within, x, y));
      outside.addFirst(within.getLast());
    }
    plot.line(style + " extrapolated", points(outside, x, y));
  }

  private List<At> histogram(List<PairGroup> groups) {
    double[] similarities = PairSet.similarities(groups);
    int[] counts = new int[(int) Math.round(2 / BIN)];
    for (double similarity : similarities) {
      counts[Math.clamp((int) ((similarity + 1) / BIN), 0, counts.length - 1)]++;
    }
    int first = IntStream.range(0, counts.length).filter(i -> counts[i] > 0).min().orElse(0);
    int last = IntStream.range(0, counts.length).filter(i -> counts[i] > 0).max().orElse(0);
    List<At> steps = new ArrayList<>();
    steps.add(new At(first * BIN - 1, 0));
    for (int i = first; i <= last; i++) {
      double share = (double) counts[i] / similarities.length;
      steps.add(new At(i * BIN - 1, share));
      steps.add(new At((i + 1) * BIN - 1, share));
    }
    steps.add(new At((last + 1) * BIN - 1, 0));
    return steps;
  }

  private List<At> modelledHistogram(List<At> counted) {
    ImpostorTail tail = calibration.tail();
    int bins = (int) Math.round((counted.getLast().x() - first(counted)) / BIN) * 2;
    return IntStream.rangeClosed(0, bins)
        .mapToDouble(half -> first(counted) + half * BIN / 2)
        .mapToObj(
            s -> new At(s, tail.falseMatchRate(s - BIN / 2) - tail.falseMatchRate(s + BIN / 2)))
        .toList();
  }

  /** Returns the share of impostors at or above a similarity, from the most similar pair down. */
  private List<At> countedTail(double from) {
    return ranked(at -> at).filter(at -> at.x() >= from).toList();
  }

  private List<At> countedTradeOff() {
    List<PairGroup> genuine = calibration.comparisons().genuine();
    double pairs = PairSet.size(genuine);
    return ranked(at -> new At(at.y(), 1 - PairSet.atLeast(genuine, at.x()) / pairs))
        .takeWhile(at -> at.x() <= 0.1)
        .toList();
  }

  /**
   * Returns impostor similarities with the share that reaches them, from the highest: each of the
   * first 50, then an ever smaller fraction.
   *
   * @param point maps a similarity (x) and its share (y) to a point of the chart
   */
  private Stream<At> ranked(UnaryOperator<At> point) {
    double[] ascending = PairSet.similarities(calibration.comparisons().impostor());
    Arrays.sort(ascending);
    return IntStream.iterate(1, rank -> rank <= ascending.length, rank -> rank + 1 + rank / 50)
        .mapToObj(
            rank -> new At(ascending[ascending.length - rank], (double) rank / ascending.length))
        .map(point);
  }

  private static List<At> points(
      List<TradeOff> curve, ToDoubleFunction<TradeOff> x, ToDoubleFunction<TradeOff> y) {
    return curve.stream()
        .map(t -> new At(x.applyAsDouble(t), y.applyAsDouble(t)))
        .filter(at -> Double.isFinite(at.y()))
        .toList();
  }

  private static double first(List<At> histogram) {
    return histogram.getFirst().x();
  }

  private static PlotAxis decades(String label, double from, double to) {
    List<Double> ticks =
        IntStream.rangeClosed((int) Math.round(Math.log10(from)), (int) Math.round(Math.log10(to)))
            .mapToObj(exponent -> Math.pow(10, exponent))
            .toList();
    return new PlotAxis(label, from, to, true, ticks, Charts::decade);
  }

  private static String decade(double value) {
    return value >= 0.000_999
        ? Formats.rate(value).replace(".0", "")
        : "1e" + Math.round(Math.log10(value));
  }

  /** Returns an axis from 0 % upwards with about the given number of round steps. */
  private static PlotAxis percent(String label, double to, int steps) {
    double rough = 100 * to / steps;
    double unit = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = (rough / unit < 2 ? 2 : rough / unit < 5 ? 5 : 10) * unit / 100;
    return new PlotAxis(
        label, 0, to, false, steps(0, to, step), value -> trimmed(100 * value) + " %");
  }

  private static List<Double> steps(double from, double to, double step) {
    int count = (int) Math.floor((to - from) / step + 1e-9);
    return IntStream.rangeClosed(0, count).mapToObj(i -> from + i * step).toList();
  }

  private static String cosine(double value) {
    return String.format(Locale.ROOT, "%.1f", value + 0.0).replace("-0.0", "0.0");
  }

  private static String trimmed(double value) {
    return String.format(Locale.ROOT, "%.3g", value)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }
}
