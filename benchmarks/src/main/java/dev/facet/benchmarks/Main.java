package dev.facet.benchmarks;

import dev.facet.benchmarks.accuracy.AccuracyBenchmark;
import dev.facet.benchmarks.coldstart.ColdStartBenchmark;
import dev.facet.benchmarks.extraction.ExtractionBenchmark;
import dev.facet.benchmarks.gateway.GatewayBenchmark;
import dev.facet.benchmarks.kernels.KernelsBenchmark;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.nets.NetsBenchmark;
import dev.facet.benchmarks.predict.PredictBenchmark;
import dev.facet.benchmarks.startup.StartupBenchmark;
import java.nio.file.Path;

/** Runs one benchmark; {@code benchmarks/run} prepares its prerequisites. */
public final class Main {

  private Main() {}

  /**
   * Runs the benchmark and writes its report. The exit status is 1 if an aim was missed.
   *
   * @param arguments the benchmark's name, then the number of rounds, which has a default
   * @throws Exception if a prerequisite is missing or the benchmark fails
   */
  public static void main(String[] arguments) throws Exception {
    String name = arguments[0];
    Layout layout =
        new Layout(
            Path.of(System.getProperty("facet.root")),
            Path.of(System.getProperty("facet.testdata")));
    Report report =
        Report.begin(layout.results(), name, "benchmarks/run " + String.join(" ", arguments));
    switch (name) {
      case "extraction" -> new ExtractionBenchmark(layout, rounds(arguments, 15), report).run();
      case "nets" -> new NetsBenchmark(layout, rounds(arguments, 12), report).run();
      case "accuracy" -> new AccuracyBenchmark(layout, report).run();
      case "gateway" -> new GatewayBenchmark(layout, rounds(arguments, 30), report).run();
      case "predict" -> new PredictBenchmark(layout, rounds(arguments, 300), report).run();
      case "startup" -> new StartupBenchmark(layout, rounds(arguments, 7), report).run();
      case "coldstart" -> new ColdStartBenchmark(layout, rounds(arguments, 9), report).run();
      case "kernels" -> new KernelsBenchmark(rounds(arguments, 10), report).run();
      default -> throw new IllegalArgumentException("no benchmark is called " + name);
    }
    System.exit(report.end() ? 0 : 1);
  }

  private static int rounds(String[] arguments, int usual) {
    return arguments.length > 1 ? Integer.parseInt(arguments[1]) : usual;
  }
}
