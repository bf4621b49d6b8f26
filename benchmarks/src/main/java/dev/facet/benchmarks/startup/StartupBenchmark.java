package dev.facet.benchmarks.startup;

import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Rounds;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.service.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the time from {@code ./facet serve}, already built, to readiness, and then checks
 * health.
 */
public final class StartupBenchmark implements Benchmark {

  private static final Rounds ROUNDS =
      new Rounds("starts on a new data folder, each followed by a restart on it", 7);
  private static final double TARGET_SECONDS = 8;
  private static final int HEALTHY = 200;

  private final Layout layout;

  /**
   * Creates the benchmark.
   *
   * @param layout locates the project's files
   */
  public StartupBenchmark(Layout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String description() {
    return "from ./facet serve to its first response";
  }

  @Override
  public String usage() {
    return ROUNDS.usage();
  }

  @Override
  public void run(List<String> arguments, Report out) throws IOException, InterruptedException {
    int rounds = ROUNDS.parse(arguments);
    Path data = layout.work().resolve("startup");
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Service.deleteData(data);
      first.add(seconds(data));
      second.add(seconds(data));
    }
    Service.deleteData(data);
    out.add(
        new Table("start", "seconds")
            .row("on a new data folder", Samples.of(first, Double::doubleValue))
            .row("on an existing data folder", Samples.of(second, Double::doubleValue)));
    target(out, "a new data folder", first);
    target(out, "an existing data folder", second);
  }

  private double seconds(Path data) throws IOException, InterruptedException {
    try (Service service = Service.start(layout.root(), data);
        HttpClient http = HttpClient.newHttpClient()) {
      URI health = URI.create(service.credentials().endpoint() + "/v1/health");
      int status =
          http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding()).statusCode();
      if (status != HEALTHY) {
        throw new IOException(
            "the service reported that it was ready, but /v1/health returned " + status);
      }
      return service.startup().toMillis() / 1e3;
    }
  }

  private static void target(Report out, String what, List<Double> seconds) {
    Samples samples = Samples.of(seconds, Double::doubleValue);
    out.target(
        "ready within 8 s on " + what, samples.median() <= TARGET_SECONDS, samples.spread() + " s");
  }
}
