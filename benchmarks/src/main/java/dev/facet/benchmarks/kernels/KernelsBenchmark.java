package dev.facet.benchmarks.kernels;

import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Rounds;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs this package's JMH benchmarks. */
public final class KernelsBenchmark implements Benchmark {

  private static final Rounds ROUNDS = new Rounds("measured iterations", 10);

  @Override
  public String name() {
    return "kernels";
  }

  @Override
  public String description() {
    return "JMH: the scan of a gallery";
  }

  @Override
  public String usage() {
    return ROUNDS.usage();
  }

  @Override
  public void run(List<String> arguments, Report out) throws RunnerException {
    int rounds = ROUNDS.parse(arguments);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(GalleryScan.class.getName())
                    .forks(1)
                    .warmupIterations(5)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(rounds)
                    .measurementTime(TimeValue.seconds(1))
                    .build())
            .run();
    Table table = new Table("templates", "µs a search", "ns a template");
    for (RunResult result : results) {
      Samples micros = iterations(result);
      BenchmarkParams parameters = result.getParams();
      double templates = Double.parseDouble(parameters.getParam("templates"));
      double nanos = 1e3 * micros.median() / templates;
      table.row(parameters.getParam("templates"), micros, nanos);
    }
    out.section("Exact search of a gallery in memory, float32 × 512, one thread");
    out.add(table);
  }

  private static Samples iterations(RunResult result) {
    List<Double> scores = new ArrayList<>();
    result.getBenchmarkResults().stream()
        .flatMap(each -> each.getIterationResults().stream())
        .map(IterationResult::getPrimaryResult)
        .forEach(each -> scores.add(each.getScore()));
    return Samples.of(scores, Double::doubleValue);
  }
}
