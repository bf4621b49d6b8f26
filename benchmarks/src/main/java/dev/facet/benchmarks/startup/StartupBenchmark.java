package dev.facet.benchmarks.startup;

import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
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
public final class StartupBenchmark {

  private static final double AIM_SECONDS = 8;
  private static final int HEALTHY = 200;

  private final Layout layout;
  private final int rounds;
  private final Report report;

  /**
   * Creates the benchmark.
   *
   * @param rounds starts on a new data folder, each followed by a restart on the same folder
   * @param report receives the results
   */
  public StartupBenchmark(Layout layout, int rounds, Report report) {
    this.layout = layout;
    this.rounds = rounds;
    this.report = report;
  }

  /**
   * Runs the benchmark.
   *
   * @throws IOException if the service does not start
   * @throws InterruptedException if interrupted
   */
  public void run() throws IOException, InterruptedException {
    Path data = layout.work().resolve("startup");
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Service.forget(data);
      first.add(seconds(data));
      second.add(seconds(data));
    }
    Service.forget(data);
    report.add(
        new Table("start", "seconds")
            .row("on a new data folder", Samples.of(first, Double::doubleValue))
            .row("on what it left", Samples.of(second, Double::doubleValue)));
    aim("a new data folder", first);
    aim("an old one", second);
  }

  private double seconds(Path data) throws IOException, InterruptedException {
    try (Service service = Service.start(layout.root(), data);
        HttpClient http = HttpClient.newHttpClient()) {
      URI health = URI.create(service.credentials().endpoint() + "/v1/health");
      int status =
          http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding()).statusCode();
      if (status != HEALTHY) {
        throw new IOException("the service says that it is ready but answers " + status);
      }
      return service.startup().toMillis() / 1e3;
    }
  }

  private void aim(String what, List<Double> seconds) {
    Samples samples = Samples.of(seconds, Double::doubleValue);
    report.aim(
        "ready within 8 s on " + what, samples.median() <= AIM_SECONDS, samples.spread() + " s");
  }
}
