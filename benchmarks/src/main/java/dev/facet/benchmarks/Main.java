package dev.facet.benchmarks;

import dev.facet.benchmarks.accuracy.AccuracyBenchmark;
import dev.facet.benchmarks.coldstart.ColdStartBenchmark;
import dev.facet.benchmarks.extraction.ExtractionBenchmark;
import dev.facet.benchmarks.gateway.GatewayBenchmark;
import dev.facet.benchmarks.kernels.KernelsBenchmark;
import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.InvalidArguments;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Machine;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.ReportHeader;
import dev.facet.benchmarks.nets.NetsBenchmark;
import dev.facet.benchmarks.predict.PredictBenchmark;
import dev.facet.benchmarks.quality.QualityBenchmark;
import dev.facet.benchmarks.startup.StartupBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one benchmark; {@code benchmarks/run} prepares its prerequisites. */
public final class Main {

  /** The exit status if a target figure was missed. */
  private static final int TARGET_MISSED = 1;

  /** The exit status for wrong arguments. */
  private static final int USAGE = 2;

  private static final String HELP = "--help";

  /** Replaces the committed results; without it, the report goes to a folder that git ignores. */
  private static final String SAVE = "--save";

  private Main() {}

  /**
   * Runs the benchmark and writes its report. The exit status is 1 if a target figure was missed
   * and 2 if the arguments are wrong.
   *
   * @param arguments the benchmark's name, then its arguments and {@code --save}
   * @throws Exception if a prerequisite is missing or the benchmark fails
   */
  public static void main(String[] arguments) throws Exception {
    Layout layout =
        new Layout(
            Path.of(System.getProperty("facet.root")),
            Path.of(System.getProperty("facet.testdata")));
    System.exit(run(layout, List.of(arguments)));
  }

  /** Returns all benchmarks in the order of the documentation. */
  static List<Benchmark> benchmarks(Layout layout) {
    return List.of(
        new ExtractionBenchmark(layout),
        new NetsBenchmark(layout),
        new AccuracyBenchmark(layout),
        new QualityBenchmark(layout),
        new GatewayBenchmark(layout),
        new PredictBenchmark(layout),
        new StartupBenchmark(layout),
        new ColdStartBenchmark(layout),
        new KernelsBenchmark());
  }

  /** Runs the command line and returns the exit status. */
  static int run(Layout layout, List<String> arguments) throws Exception {
    String name = arguments.isEmpty() ? HELP : arguments.getFirst();
    if (name.equals(HELP)) {
      benchmarks(layout).forEach(each -> System.out.println(help(each)));
      return 0;
    }
    Optional<Benchmark> found =
        benchmarks(layout).stream().filter(each -> each.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      System.err.printf("benchmarks/run: no benchmark has the name %s%n", name);
      return USAGE;
    }
    Benchmark benchmark = found.orElseThrow();
    List<String> rest = new ArrayList<>(arguments.subList(1, arguments.size()));
    if (rest.contains(HELP)) {
      System.out.println(help(benchmark));
      return 0;
    }
    boolean save = rest.remove(SAVE);
    Report report = new Report(name, header(arguments), System.out);
    try {
      benchmark.run(rest, report);
    } catch (InvalidArguments e) {
      System.err.printf("benchmarks/run %s: %s%n%s%n", name, e.getMessage(), help(benchmark));
      return USAGE;
    }
    Path file = (save ? layout.results() : layout.unsavedResults()).resolve(name + ".md");
    report.save(file);
    if (save) {
      report.publish();
    }
    System.out.printf("%nWritten to %s%n", layout.root().relativize(file));
    return report.allReached() ? 0 : TARGET_MISSED;
  }

  private static ReportHeader header(List<String> arguments) throws IOException {
    return new ReportHeader(
        LocalDate.now(ZoneOffset.UTC),
        System.getProperty("facet.commit", "not recorded"),
        "benchmarks/run "
            + String.join(" ", arguments.stream().filter(word -> !word.equals(SAVE)).toList()),
        ReportHeader.MEASURED,
        Machine.current());
  }

  private static String help(Benchmark benchmark) {
    return "benchmarks/run %s\n    %s"
        .formatted(
            (benchmark.name() + " [" + SAVE + "] " + benchmark.usage()).strip(),
            benchmark.description());
  }
}
