package dev.facet.benchmarks.nets;

import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.peers.Lineup;
import dev.facet.benchmarks.peers.Network;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.peers.Plan;
import dev.facet.benchmarks.peers.Turns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures each network alone, with one thread and batch size 1, under each runtime in turn. */
public final class NetsBenchmark {

  private static final int RUNS = 25;

  private final Layout layout;
  private final int rounds;
  private final Report report;

  /**
   * Creates the benchmark.
   *
   * @param rounds the number of rounds of 25 runs
   * @param report receives the results
   */
  public NetsBenchmark(Layout layout, int rounds, Report report) {
    this.layout = layout;
    this.rounds = rounds;
    this.report = report;
  }

  /**
   * Runs the benchmark.
   *
   * @throws IOException if a peer does not start
   */
  public void run() throws IOException {
    Lineup lineup = new Lineup(layout);
    try (Peer facet = lineup.facet();
        Peer onnxRuntime = lineup.onnx("onnxruntime");
        Peer openVino = lineup.onnx("openvino")) {
      List<Peer> peers = List.of(facet, onnxRuntime, openVino);
      report.add(String.join("; ", peers.stream().map(Peer::description).toList()) + ".\n");
      report.add("Milliseconds a run; ratios above 1 say that Facet is faster.\n");
      Table table =
          new Table(
              "network",
              "Facet",
              "ONNX Runtime",
              "OpenVINO",
              "ONNX Runtime ÷ Facet",
              "OpenVINO ÷ Facet",
              "at best");
      for (Network network : networks(facet)) {
        List<Samples> times = measure(peers, network);
        Samples ours = times.get(0);
        table.row(
            network.title(),
            ours,
            times.get(1),
            times.get(2),
            times.get(1).over(ours),
            times.get(2).over(ours),
            "%s / %s / %s".formatted(best(ours), best(times.get(1)), best(times.get(2))));
      }
      report.add(table);
    }
  }

  /** Returns the detector at its input sizes for the first sample, and the other networks. */
  private List<Network> networks(Peer facet) {
    Stream<Network> detector =
        facet.plan(layout.samples().getFirst()).scales().stream().map(NetsBenchmark::detector);
    Stream<Network> others =
        Stream.of("fr_landmark", "fr_feature", "fr_pose").map(net -> new Network(net, null, null));
    return Stream.concat(detector, others).toList();
  }

  private static Network detector(Plan.Scale scale) {
    return new Network("fr_detect", scale.width(), scale.height());
  }

  private static String best(Samples samples) {
    return Samples.digits(samples.least());
  }

  /** Returns the medians of each peer, round by round. */
  private List<Samples> measure(List<Peer> peers, Network network) {
    Map<Peer, List<Double>> medians = new HashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (Peer peer : Turns.order(peers, Math.floorMod(round, peers.size()))) {
        Samples runs = Samples.of(peer.net(network, RUNS), Double::doubleValue);
        if (round >= 0) {
          medians.computeIfAbsent(peer, each -> new ArrayList<>()).add(runs.median());
        }
      }
    }
    return peers.stream()
        .map(peer -> Samples.of(medians.getOrDefault(peer, List.of()), Double::doubleValue))
        .toList();
  }
}
