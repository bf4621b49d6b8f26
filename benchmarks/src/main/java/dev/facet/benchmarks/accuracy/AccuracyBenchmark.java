package dev.facet.benchmarks.accuracy;

import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.InvalidArguments;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.peers.Area;
import dev.facet.benchmarks.peers.ExtractionResult;
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
public final class AccuracyBenchmark implements Benchmark {

  private static final List<Integer> WIDTHS = List.of(320, 480, 960, 1920, 3840);
  private static final int MAX_FACES = 50;

  private static final Map<String, String> TWO_PEOPLE =
      Map.of(
          "Tony_Blair_0001.jpg", "MultipleFaces",
          "Arnold_Schwarzenegger_0007.jpg", "MultipleFaces");

  private final Layout layout;

  /**
   * Creates the benchmark.
   *
   * @param layout locates the project's files
   */
  public AccuracyBenchmark(Layout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public String description() {
    return "identification rates by score; detection in photos of 320 to 3840 columns";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public void run(List<String> arguments, Report out) throws IOException {
    if (!arguments.isEmpty()) {
      throw new InvalidArguments("unexpected argument " + arguments.getFirst());
    }
    Bundle bundle = Bundle.open(layout.bundle());
    out.add("Bundle %s.\n".formatted(bundle.manifest().id()));
    try (TorchFaceExtractor extractor =
        new TorchFaceExtractor(bundle, TorchFaceExtractor.Settings.defaults())) {
      identify(out, extractor, scores(bundle.manifest().calibration()));
      find(out, extractor);
    }
  }

  private static ScoreMap scores(CalibrationTable table) {
    return new ScoreMap(
        table.points().stream()
            .map(point -> new ScoreMap.Knot(point.similarity(), point.score()))
            .toList());
  }

  private void identify(Report out, FaceExtractor extractor, ScoreMap scores) throws IOException {
    out.section("Ten people: one photo of each enrolled, the others as probes");
    List<Path> photos = layout.people();
    if (photos.isEmpty()) {
      out.add("Left out: the photos are not installed; benchmarks/README.md names their folder.\n");
      return;
    }
    Identification found = Identification.of(photos, extractor, scores);
    Table table = new Table("score", "genuine pairs accepted", "impostor pairs accepted");
    int probes = found.probes().size();
    for (int score : List.of(5000, 6000, ScoreMap.CALIBRATED, 8000)) {
      table.row(
          score,
          "%d of %d".formatted(found.genuineAt(score), probes),
          "%d of %d".formatted(found.impostorsAt(score), comparisons(found)));
    }
    out.add(table);
    out.target(
        "the two photos of two people are refused, no others",
        found.refused().equals(TWO_PEOPLE),
        found.refused().toString());
    out.target(
        "the right person at rank 1 for at least 87 of 88",
        found.first() >= 87,
        found.first() + "");
    long impostors = found.impostorsAt(ScoreMap.CALIBRATED);
    out.target("no impostor pair accepted at 7000", impostors == 0, impostors + "");
    double genuine = (double) found.genuineAt(ScoreMap.CALIBRATED) / probes;
    out.target(
        "at least 95 % of genuine pairs accepted at 7000",
        genuine >= 0.95, "%.1f %%".formatted(100 * genuine));
    out.add("");
  }

  private static int comparisons(Identification found) {
    return found.probes().stream().mapToInt(probe -> probe.impostors().size()).sum();
  }

  private void find(Report out, FaceExtractor extractor) throws IOException {
    out.section("Six group photos at several sizes");
    SampleFaces truth = SampleFaces.read();
    Resized resized = new Resized(layout.work().resolve("photos"));
    Table table = new Table("columns", "faces found of " + truth.count(), "false positives");
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
    out.add(table);
    out.target("all faces and no false positive at every size", all, all ? "yes" : "no");
  }

  private static ExtractionResult seen(FaceExtractor extractor, Path photo) throws IOException {
    try {
      List<FaceAttributes> faces = extractor.describe(Files.readAllBytes(photo), MAX_FACES);
      return new ExtractionResult(
          0, 0, Map.of(), faces.stream().map(AccuracyBenchmark::face).toList());
    } catch (NoFace e) {
      return new ExtractionResult(0, 0, Map.of(), List.of());
    }
  }

  private static ExtractionResult.Face face(FaceAttributes face) {
    return new ExtractionResult.Face(Area.of(face.faceArea()), face.faceScore(), List.of());
  }
}
