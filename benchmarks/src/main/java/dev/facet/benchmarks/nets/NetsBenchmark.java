package dev.facet.benchmarks.nets;

import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Rounds;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.peers.DetectionPlan;
import dev.facet.benchmarks.peers.Network;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.peers.PeerLauncher;
import dev.facet.benchmarks.peers.Turns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures each network alone, with one thread and batch size 1, under each runtime in turn. */
public final class NetsBenchmark implements Benchmark {

  private static final Rounds ROUNDS = new Rounds("rounds of 25 runs", 12);
  private static final int RUNS = 25;

  private final Layout layout;

  /**
   * Creates the benchmark.
   *
   * @param layout locates the project's files
   */
  public NetsBenchmark(Layout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "nets";
  }

  @Override
  public String description() {
    return "each network alone, beside ONNX Runtime and OpenVINO";
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
        Peer openVino = launcher.onnx("openvino")) {
      List<Peer> peers = List.of(facet, onnxRuntime, openVino);
      out.add(String.join("; ", peers.stream().map(Peer::description).toList()) + ".\n");
      out.add("Milliseconds a run; a ratio above 1 means that Facet is faster.\n");
      Table table =
          new Table(
              "network",
              "Facet",
              "ONNX Runtime",
              "OpenVINO",
              "ONNX Runtime ÷ Facet",
              "OpenVINO ÷ Facet",
              "minimum (Facet / ONNX Runtime / OpenVINO)");
      for (Network network : networks(facet)) {
        List<Samples> times = measure(rounds, peers, network);
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
      out.add(table);
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

  private static Network detector(DetectionPlan.Scale scale) {
    return new Network("fr_detect", scale.width(), scale.height());
  }

  private static String best(Samples samples) {
    return Samples.digits(samples.least());
  }

  /** Returns the medians of each peer, round by round. */
  private static List<Samples> measure(int rounds, List<Peer> peers, Network network) {
    Map<Peer, List<Double>> medians = new HashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (Peer peer : Turns.order(peers, round)) {
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
