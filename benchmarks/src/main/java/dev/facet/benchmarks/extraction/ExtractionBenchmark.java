package dev.facet.benchmarks.extraction;

import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Rounds;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.peers.Detail;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.peers.PeerLauncher;
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
public final class ExtractionBenchmark implements Benchmark {

  private static final Rounds ROUNDS = new Rounds("rounds over the six photos", 15);
  private static final int WARM_UPS = 3;
  private static final int LARGE_MEGAPIXELS = 12;

  /** The divisor from rounds over the six photos to rounds over the hundred. */
  private static final int PEOPLE_ROUNDS_DIVISOR = 4;

  private final Layout layout;

  /**
   * Creates the benchmark.
   *
   * @param layout locates the project's files
   */
  public ExtractionBenchmark(Layout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "extraction";
  }

  @Override
  public String description() {
    return "whole photos to templates, beside face-api.js, ONNX Runtime and OpenVINO";
  }

  @Override
  public String usage() {
    return ROUNDS.usage();
  }

  @Override
  public void run(List<String> arguments, Report out) throws IOException {
    int rounds = ROUNDS.parse(arguments);
    PeerLauncher launcher = new PeerLauncher(layout);
    try (Peer facet = launcher.facet(layout.publishedBundle());
        Peer onnxRuntime = launcher.onnx("onnxruntime");
        Peer openVino = launcher.onnx("openvino");
        Peer faceApi = launcher.faceApi()) {
      Contender bare = new Contender("Facet", facet, Detail.BARE);
      Contender full = new Contender("Facet with pose, quality, attributes", facet, Detail.FULL);
      Contender runtime = new Contender("ONNX Runtime + OpenCV", onnxRuntime, Detail.BARE);
      Contender vino = new Contender("OpenVINO + OpenCV", openVino, Detail.BARE);
      Contender api = new Contender("face-api.js", faceApi, Detail.BARE);
      List<Contender> all = List.of(bare, full, runtime, vino, api);
      out.add(
          String.join("; ", all.stream().map(each -> each.peer().description()).distinct().toList())
              + ".\n");

      Race samples = Race.run(all, layout.samples(), facet, WARM_UPS, rounds);
      out.section("Six group photos, 1920 columns");
      times(out, samples, bare, full);
      found(out, samples);
      stages(out, samples);
      targets(out, "samples", samples, bare, full, runtime, vino, api);
      plainDecoding(out, rounds, faceApi);

      List<Path> people = layout.people();
      out.section("Ten photos each of ten people, 250 × 250");
      if (people.isEmpty()) {
        out.add(
            "Left out: the photos are not installed; benchmarks/README.md names their folder.\n");
      } else {
        Race faces = Race.run(all, people, facet, 1, Math.max(1, rounds / PEOPLE_ROUNDS_DIVISOR));
        times(out, faces, bare, full);
        recognition(out, faces);
        stages(out, faces);
        targets(out, "people", faces, bare, full, runtime, vino, api);
      }
      large(out, rounds, facet);
    }
  }

  private static void times(Report out, Race race, Contender bare, Contender full) {
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
    out.add(table);
  }

  private static void found(Report out, Race race) throws IOException {
    SampleFaces truth = SampleFaces.read();
    Table table = new Table("pipeline", "faces found of " + truth.count(), "false positives");
    for (Contender each : race.contenders()) {
      SampleFaces.Tally tally =
          IntStream.range(0, race.photos().size())
              .mapToObj(i -> truth.tally(i + 1, SampleFaces.WIDTH, race.seen(each).get(i)))
              .reduce(new SampleFaces.Tally(0, 0), SampleFaces.Tally::plus);
      table.row(each.title(), tally.found(), tally.wrong());
    }
    out.add(table);
  }

  private static void recognition(Report out, Race race) {
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
    out.add(table);
  }

  private static void stages(Report out, Race race) {
    Table table = new Table("pipeline", "stage", "ms a photo", "share");
    for (Contender each : race.contenders()) {
      double whole = race.millis(each).median();
      for (String stage : race.stages(each)) {
        Samples millis = race.stage(each, stage);
        table.row(each.title(), stage, millis, "%.0f %%".formatted(100 * millis.median() / whole));
      }
    }
    out.add(table);
  }

  private static void targets(
      Report out,
      String set,
      Race race,
      Contender bare,
      Contender full,
      Contender runtime,
      Contender vino,
      Contender api) {
    atLeast(out, 15, "%s: × face-api.js, equal work".formatted(set), race, api, bare);
    atLeast(out, 10, "%s: × face-api.js, with all attributes".formatted(set), race, api, full);
    atLeast(out, 1, "%s: × ONNX Runtime".formatted(set), race, runtime, bare);
    atLeast(out, 1, "%s: × OpenVINO".formatted(set), race, vino, bare);
    out.add("");
  }

  private static void atLeast(
      Report out, double times, String what, Race race, Contender slow, Contender fast) {
    Samples ratio = race.millis(slow).over(race.millis(fast));
    out.target(
        "%s, at least %s".formatted(what, Samples.digits(times)),
        ratio.median() >= times,
        ratio.spread());
  }

  private void plainDecoding(Report out, int rounds, Peer faceApi) {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      millis.add(
          layout.samples().stream().mapToDouble(faceApi::plainDecode).average().orElseThrow());
    }
    out.add(
        "face-api.js gets its pixels from libvips here; decoding in plain JavaScript takes %s ms a photo.\n"
            .formatted(Samples.of(millis, Double::doubleValue).spread()));
  }

  private void large(Report out, int rounds, Peer facet) throws IOException {
    Resized resized = new Resized(layout.work().resolve("photos"));
    List<Path> photos = new ArrayList<>();
    for (Path sample : layout.samples()) {
      photos.add(resized.megapixels(sample, LARGE_MEGAPIXELS));
    }
    Contender bare = new Contender("Facet", facet, Detail.BARE);
    Race usual = Race.run(List.of(bare), layout.samples(), facet, 1, rounds);
    Race large = Race.run(List.of(bare), photos, facet, WARM_UPS, rounds);
    Samples ratio = large.millis(bare).over(usual.millis(bare));
    out.section("The same photos at %d megapixels".formatted(LARGE_MEGAPIXELS));
    out.add(
        new Table("size", "ms a photo")
            .row("1920 columns", usual.millis(bare))
            .row(LARGE_MEGAPIXELS + " megapixels", large.millis(bare)));
    out.target("12 megapixels at most 3 × 1920 columns", ratio.median() <= 3, ratio.spread());
  }
}
