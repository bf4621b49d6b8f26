package dev.facet.cli.calibration;

import dev.facet.cli.calibration.CrossValidation.Half;
import dev.facet.cli.calibration.CrossValidation.Prediction;
import dev.facet.cli.calibration.PhotoSet.Skipped;
import dev.facet.cli.calibration.WorstPairs.Pair;
import java.util.ArrayList;
import java.util.List;

/** Formats a calibration for a terminal of 120 columns. */
final class TextReport {

  private static final int MAX_SKIPPED_LINES = 20;

  private final StringBuilder text = new StringBuilder();

  /** Returns the whole report. */
  static String of(PhotoSet photoSet, Calibration calibration) {
    TextReport report = new TextReport();
    report.summary(photoSet, calibration);
    report.skipped(photoSet.skipped());
    report.calibratedScore(calibration);
    report.points("score", calibration.scores());
    report.points("distance", calibration.distances());
    report.legend();
    report.falseCandidates(calibration);
    calibration.crossValidation().ifPresent(report::crossValidation);
    report.worstPairs(calibration.worstPairs());
    return report.text.toString();
  }

  private void summary(PhotoSet photoSet, Calibration calibration) {
    PairSet comparisons = calibration.comparisons();
    line("Calibration of %s on %s".formatted(photoSet.bundle(), photoSet.origin()));
    line(
        "%s people, %s photos used, %s skipped; %s genuine and %s impostor comparisons"
            .formatted(
                photoSet.people().size(),
                Formats.count(photoSet.photos()),
                photoSet.skipped().size(),
                Formats.count(PairSet.size(comparisons.genuine())),
                Formats.count(PairSet.size(comparisons.impostor()))));
    line("");
  }

  private void skipped(List<Skipped> skipped) {
    skipped.stream()
        .limit(MAX_SKIPPED_LINES)
        .forEach(photo -> line("skipped %s: %s".formatted(photo.photo(), photo.reason())));
    if (skipped.size() > MAX_SKIPPED_LINES) {
      line("skipped %s more (--report lists all)".formatted(skipped.size() - MAX_SKIPPED_LINES));
    }
    if (!skipped.isEmpty()) {
      line("");
    }
  }

  private void calibratedScore(Calibration calibration) {
    line(
        "Score 7000 is cosine %s (95 %%: %s): FMR %s by a %s"
            .formatted(
                Formats.cosine(calibration.c0()),
                Formats.cosines(calibration.c0Interval()),
                Formats.rate(Calibrator.FALSE_MATCH_RATE),
                ImpostorTail.NAME));
    line("");
  }

  private void points(String name, List<OperatingPoint> points) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(name, "cosine", "FMR", "", "95 %", "counted", "95 %", "FNMR", "counted", "95 %"));
    for (OperatingPoint point : points) {
      rows.add(
          List.of(
              point.name(),
              Formats.cosine(point.similarity()),
              Formats.rate(point.falseMatchRate()),
              point.extrapolated() ? "*" : "",
              Formats.rates(point.falseMatchInterval()),
              Formats.counted(point.falseMatches()),
              Formats.rates(point.falseMatches().exact()),
              Formats.percent(point.falseNonMatches().rate()),
              Formats.counted(point.falseNonMatches()),
              Formats.percents(point.falseNonMatches().exact())));
    }
    table(rows);
  }

  private void legend() {
    line(
        "* extrapolated: fewer than %s false matches were counted; FMR and interval are the model's."
            .formatted(ErrorRate.MIN_ERRORS));
    line(
        "  FMR intervals are from a bootstrap over people, those beside counts Clopper-Pearson's.");
    line("");
  }

  private void falseCandidates(Calibration calibration) {
    line("False candidates of a person who is not enrolled, by gallery size (size × FMR)");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("score", "1,000", "10,000", "100,000", "1,000,000"));
    for (OperatingPoint point : calibration.scores()) {
      List<String> row = new ArrayList<>(List.of(point.name()));
      for (int size = 1000; size <= 1_000_000; size *= 10) {
        row.add(Formats.expected(size * point.falseMatchRate()));
      }
      rows.add(row);
    }
    table(rows);
  }

  private void crossValidation(CrossValidation crossValidation) {
    line("Cross-validation: calibrated on one half of the people, measured on the other");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("half", "score", "cosine", "FMR counted", "", "95 %", "FNMR counted", "", "95 %"));
    for (Half half : crossValidation.halves()) {
      for (OperatingPoint point : half.points()) {
        rows.add(
            List.of(
                half.name(),
                point.name(),
                Formats.cosine(point.similarity()),
                Formats.counted(point.falseMatches()),
                Formats.rate(point.falseMatches().rate()),
                Formats.rates(point.falseMatches().exact()),
                Formats.counted(point.falseNonMatches()),
                Formats.percent(point.falseNonMatches().rate()),
                Formats.percents(point.falseNonMatches().exact())));
      }
    }
    table(rows);
    line(
        "FMRs predicted by one half and counted on the other, %s random halvings"
            .formatted(crossValidation.halvings()));
    List<List<String>> predictions = new ArrayList<>();
    predictions.add(List.of("predicted", "mean", "worst"));
    for (Prediction prediction : crossValidation.predictions()) {
      predictions.add(
          List.of(
              Formats.rate(prediction.predicted()),
              Formats.rate(prediction.mean()),
              Formats.rate(prediction.worst())));
    }
    table(predictions);
  }

  private void worstPairs(WorstPairs worstPairs) {
    pairs(
        "Impostor pairs at or above 7000 (one person in two folders?)", worstPairs.falseMatches());
    pairs("Genuine pairs below 7000 (a photo in the wrong folder?)", worstPairs.falseNonMatches());
  }

  private void pairs(String title, List<Pair> pairs) {
    if (!pairs.isEmpty()) {
      line(title);
      pairs.forEach(
          pair ->
              line(
                  "  %s  %s  %s"
                      .formatted(Formats.cosine(pair.similarity()), pair.one(), pair.other())));
      line("");
    }
  }

  /** Appends a table with minimal column widths; all columns except the first are right-aligned. */
  private void table(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int column = 0; column < columns; column++) {
        int at = column;
        int width = rows.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
        String gap = " ".repeat(width - row.get(column).length());
        line.append(column == 0 ? row.get(0) + gap : "  " + gap + row.get(column));
      }
      line(line.toString().stripTrailing());
    }
    line("");
  }

  /** Appends a line. Values arrive as text ({@code %s}), independent of the locale. */
  private void line(String line) {
    text.append(line).append('\n');
  }
}
