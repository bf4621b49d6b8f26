package dev.facet.benchmarks.accuracy;

import dev.facet.benchmarks.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.peers.Area;
import dev.facet.benchmarks.peers.Seen;
import dev.facet.benchmarks.photos.Resized;
import dev.facet.benchmarks.photos.SampleFaces;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.CalibrationTable;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.vision.TorchFaceExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Measures identification accuracy by score, and face detection in photos of several sizes. */
public final class AccuracyBenchmark {

  private static final List<Integer> WIDTHS = List.of(320, 480, 960, 1920, 3840);
  private static final int MOST_FACES = 50;

  private static final Map<String, String> TWO_PEOPLE =
      Map.of(
          "Tony_Blair_0001.jpg", "MultipleFaces",
          "Arnold_Schwarzenegger_0007.jpg", "MultipleFaces");

  private final Layout layout;
  private final Report report;

  /**
   * Creates the benchmark.
   *
   * @param layout locates the photos and the bundle
   * @param report receives the results
   */
  public AccuracyBenchmark(Layout layout, Report report) {
    this.layout = layout;
    this.report = report;
  }

  /**
   * Runs the benchmark.
   *
   * @throws IOException if a photo can't be read or written
   */
  public void run() throws IOException {
    Bundle bundle = Bundle.open(layout.bundle());
    report.add("Bundle %s.\n".formatted(bundle.manifest().id()));
    try (TorchFaceExtractor extractor =
        new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults())) {
      identify(extractor, scores(bundle.manifest().calibration()));
      find(extractor);
    }
  }

  private static ScoreMap scores(CalibrationTable table) {
    return new ScoreMap(
        table.points().stream()
            .map(point -> new ScoreMap.Knot(point.similarity(), point.score()))
            .toList());
  }

  private void identify(FaceExtractor extractor, ScoreMap scores) throws IOException {
    report.section("Ten people: one photo of each enrolled, the other nine searched for");
    List<Path> photos = layout.people();
    if (photos.isEmpty()) {
      report.add("Left out: the photos are not to be had here.\n");
      return;
    }
    Identification found = Identification.of(photos, extractor, scores);
    Table table = new Table("score", "mates accepted", "impostors accepted");
    int probes = found.probes().size();
    for (int score : List.of(5000, 6000, ScoreMap.CALIBRATED, 8000)) {
      table.row(
          score,
          "%d of %d".formatted(found.matesAt(score), probes),
          "%d of %d".formatted(found.impostorsAt(score), comparisons(found)));
    }
    report.add(table);
    report.aim(
        "the two photos of two people are refused, no others",
        found.refused().equals(TWO_PEOPLE),
        found.refused().toString());
    report.aim(
        "the right person first in at least 87 of 88", found.first() >= 87, found.first() + "");
    long strangers = found.impostorsAt(ScoreMap.CALIBRATED);
    report.aim("no impostor accepted at 7000", strangers == 0, strangers + "");
    double mates = (double) found.matesAt(ScoreMap.CALIBRATED) / probes;
    report.aim(
        "at least 95 % of mates accepted at 7000", mates >= 0.95, "%.1f %%".formatted(100 * mates));
    report.add("");
  }

  private static int comparisons(Identification found) {
    return found.probes().stream().mapToInt(probe -> probe.impostors().size()).sum();
  }

  private void find(FaceExtractor extractor) throws IOException {
    report.section("Six group photos at several sizes");
    SampleFaces truth = SampleFaces.read();
    Resized resized = new Resized(layout.work().resolve("photos"));
    Table table = new Table("columns", "faces found of " + truth.count(), "false");
    boolean all = true;
    for (int width : WIDTHS) {
      SampleFaces.Tally tally = new SampleFaces.Tally(0, 0);
      for (int i = 0; i < layout.samples().size(); i++) {
        Path photo = resized.columns(layout.samples().get(i), width);
        tally = tally.plus(truth.tally(i + 1, width, seen(extractor, photo)));
      }
      table.row(width, tally.found(), tally.wrong());
      all &= tally.equals(new SampleFaces.Tally(truth.count(), 0));
    }
    report.add(table);
    report.aim("all faces and no false one at every size", all, all ? "yes" : "no");
  }

  private static Seen seen(FaceExtractor extractor, Path photo) throws IOException {
    try {
      List<FaceAttributes> faces = extractor.describe(Files.readAllBytes(photo), MOST_FACES);
      return new Seen(0, 0, Map.of(), faces.stream().map(AccuracyBenchmark::face).toList());
    } catch (NoFace nobody) {
      return new Seen(0, 0, Map.of(), List.of());
    }
  }

  private static Seen.Face face(FaceAttributes face) {
    return new Seen.Face(Area.of(face.faceArea()), face.faceScore(), List.of());
  }
}
