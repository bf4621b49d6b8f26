package dev.facet.benchmarks.extraction;

import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.peers.Detail;
import dev.facet.benchmarks.peers.Lineup;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.photos.Resized;
import dev.facet.benchmarks.photos.SampleFaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures extraction from encoded photos to templates on one thread, for Facet and its peers in
 * turn.
 */
public final class ExtractionBenchmark {

  private static final int WARM_UPS = 3;
  private static final int LARGE_MEGAPIXELS = 12;

  /** The divisor from rounds over the six photos to rounds over the hundred. */
  private static final int PEOPLE_ROUNDS_DIVISOR = 4;

  private final Layout layout;
  private final int rounds;
  private final Report report;

  /**
   * Creates the benchmark.
   *
   * @param rounds the number of rounds over the sample photos
   * @param report receives the results
   */
  public ExtractionBenchmark(Layout layout, int rounds, Report report) {
    this.layout = layout;
    this.rounds = rounds;
    this.report = report;
  }

  /**
   * Runs the benchmark.
   *
   * @throws IOException if a photo can't be read or a peer does not start
   */
  public void run() throws IOException {
    Lineup lineup = new Lineup(layout);
    try (Peer facet = lineup.facet();
        Peer onnxRuntime = lineup.onnx("onnxruntime");
        Peer openVino = lineup.onnx("openvino");
        Peer faceApi = lineup.faceApi()) {
      Contender bare = new Contender("Facet", facet, Detail.BARE);
      Contender full = new Contender("Facet with pose, quality, attributes", facet, Detail.FULL);
      Contender runtime = new Contender("ONNX Runtime + OpenCV", onnxRuntime, Detail.BARE);
      Contender vino = new Contender("OpenVINO + OpenCV", openVino, Detail.BARE);
      Contender api = new Contender("face-api.js", faceApi, Detail.BARE);
      List<Contender> all = List.of(bare, full, runtime, vino, api);
      report.add(
          String.join("; ", all.stream().map(each -> each.peer().description()).distinct().toList())
              + ".\n");

      Race samples = Race.run(all, layout.samples(), facet, WARM_UPS, rounds);
      report.section("Six group photos, 1920 columns");
      times(samples, bare, full);
      found(samples);
      stages(samples);
      aims("samples", samples, bare, full, runtime, vino, api);
      plainDecoding(faceApi);

      List<Path> people = layout.people();
      report.section("Ten photos each of ten people, 250 × 250");
      if (people.isEmpty()) {
        report.add("Left out: the photos are not to be had here.\n");
      } else {
        Race faces = Race.run(all, people, facet, 1, Math.max(1, rounds / PEOPLE_ROUNDS_DIVISOR));
        times(faces, bare, full);
        recognition(faces);
        stages(faces);
        aims("people", faces, bare, full, runtime, vino, api);
      }
      large(facet);
    }
  }

  private void times(Race race, Contender bare, Contender full) {
    Table table =
        new Table("pipeline", "ms a photo", "CPU ms a photo", "× Facet", "× Facet with attributes");
    for (Contender each : race.contenders()) {
      Samples millis = race.millis(each);
      table.row(
          each.title(),
          millis,
          race.processor(each),
          millis.over(race.millis(bare)),
          millis.over(race.millis(full)));
    }
    report.add(table);
  }

  private void found(Race race) throws IOException {
    SampleFaces truth = SampleFaces.read();
    Table table = new Table("pipeline", "faces found of " + truth.count(), "false");
    for (Contender each : race.contenders()) {
      SampleFaces.Tally tally =
          IntStream.range(0, race.photos().size())
              .mapToObj(i -> truth.tally(i + 1, SampleFaces.WIDTH, race.seen(each).get(i)))
              .reduce(new SampleFaces.Tally(0, 0), SampleFaces.Tally::plus);
      table.row(each.title(), tally.found(), tally.wrong());
    }
    report.add(table);
  }

  private void recognition(Race race) {
    Table table =
        new Table("pipeline", "photos without face", "TAR at FAR 1e-2", "TAR at FAR 1e-3");
    for (Contender each : race.contenders()) {
      Recognition found = Recognition.of(race.photos(), race.seen(each));
      table.row(
          each.title(),
          found.withoutFace(),
          "%.4f".formatted(found.trueAccepts(1e-2)),
          "%.4f".formatted(found.trueAccepts(1e-3)));
    }
    report.add(table);
  }

  private void stages(Race race) {
    Table table = new Table("pipeline", "stage", "ms a photo", "share");
    for (Contender each : race.contenders()) {
      double whole = race.millis(each).median();
      for (String stage : race.stages(each)) {
        Samples millis = race.stage(each, stage);
        table.row(each.title(), stage, millis, "%.0f %%".formatted(100 * millis.median() / whole));
      }
    }
    report.add(table);
  }

  private void aims(
      String set,
      Race race,
      Contender bare,
      Contender full,
      Contender runtime,
      Contender vino,
      Contender api) {
    atLeast(15, "%s: × face-api.js, like with like".formatted(set), race, api, bare);
    atLeast(10, "%s: × face-api.js, with all attributes".formatted(set), race, api, full);
    atLeast(1, "%s: no slower than ONNX Runtime".formatted(set), race, runtime, bare);
    atLeast(1, "%s: OpenVINO's time".formatted(set), race, vino, bare);
    report.add("");
  }

  private void atLeast(double times, String what, Race race, Contender slow, Contender fast) {
    Samples ratio = race.millis(slow).over(race.millis(fast));
    report.aim(
        "%s, at least %s".formatted(what, Samples.digits(times)),
        ratio.median() >= times,
        ratio.spread());
  }

  private void plainDecoding(Peer faceApi) {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      millis.add(
          layout.samples().stream().mapToDouble(faceApi::plainDecode).average().orElseThrow());
    }
    report.add(
        "face-api.js is given pixels by libvips here; decoding in plain JavaScript takes %s ms a photo.\n"
            .formatted(Samples.of(millis, Double::doubleValue).spread()));
  }

  private void large(Peer facet) throws IOException {
    Resized resized = new Resized(layout.work().resolve("photos"));
    List<Path> photos = new ArrayList<>();
    for (Path sample : layout.samples()) {
      photos.add(resized.megapixels(sample, LARGE_MEGAPIXELS));
    }
    Contender bare = new Contender("Facet", facet, Detail.BARE);
    Race usual = Race.run(List.of(bare), layout.samples(), facet, 1, rounds);
    Race large = Race.run(List.of(bare), photos, facet, WARM_UPS, rounds);
    Samples ratio = large.millis(bare).over(usual.millis(bare));
    report.section("The same photos at %d megapixels".formatted(LARGE_MEGAPIXELS));
    report.add(
        new Table("size", "ms a photo")
            .row("1920 columns", usual.millis(bare))
            .row(LARGE_MEGAPIXELS + " megapixels", large.millis(bare)));
    report.aim("12 megapixels at most 3 × 1920 columns", ratio.median() <= 3, ratio.spread());
  }
}
