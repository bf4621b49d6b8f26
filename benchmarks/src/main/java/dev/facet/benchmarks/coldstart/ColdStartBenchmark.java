package dev.facet.benchmarks.coldstart;

import dev.facet.benchmarks.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.service.Service;
import dev.facet.core.keys.ApiKey;
import dev.facet.local.lambda.isolated.FunctionSettings;
import dev.facet.local.service.BuiltFunctions;
import dev.facet.local.service.FunctionTestBed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the time from the start of a function's process to its first response, under AWS's
 * runtime interface client and Facet's Runtime API, with and without JVM caches from an earlier
 * run.
 */
public final class ColdStartBenchmark {

  private static final ApiKey KEY = new ApiKey("FacetEventKey000000000000001");
  private static final double AIM = 1.8;

  /** The handler to which the aim applies: it reads a key's record from the store. */
  private static final String HANDLER = "node.CheckApiKey";

  private static final Map<String, String> EVENTS =
      Map.of(
          "v1.Health",
          "health",
          HANDLER,
          "node-check-api-key",
          "Face",
          "functions/face-no-command");

  private final Layout layout;
  private final int rounds;
  private final Report report;

  /** The cache of classes or code with which a JVM starts. */
  private enum Cache {
    NONE("plain", "", "", ""),
    CDS("CDS archive", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "-Xshare:on"),
    AOT("AOT cache", "-XX:AOTCacheOutput=", "-XX:AOTCache=", "-XX:AOTMode=on");

    private final String title;
    private final String making;
    private final String using;

    /** Makes a JVM that can't use the cache exit instead of starting without it. */
    private final String insisting;

    Cache(String title, String making, String using, String insisting) {
      this.title = title;
      this.making = making;
      this.using = using;
      this.insisting = insisting;
    }
  }

  /**
   * Creates the benchmark.
   *
   * @param rounds the number of starts of each function with each cache
   * @param report receives the results
   */
  public ColdStartBenchmark(Layout layout, int rounds, Report report) {
    this.layout = layout;
    this.rounds = rounds;
    this.report = report;
  }

  /**
   * Runs the benchmark.
   *
   * @throws IOException if files can't be read or written
   */
  public void run() throws IOException {
    Path work = layout.work().resolve("coldstart");
    Service.forget(work);
    Files.createDirectories(work);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    try (FunctionTestBed backdrop =
        FunctionTestBed.start(
            work.resolve("data"), BuiltFunctions.built(layout.root(), layout.bundle()), nowhere)) {
      backdrop.admit(KEY);
      Table table = new Table("function", "JVM", "process start to first answer, ms", "× plain");
      for (String function : List.of("v1.Health", HANDLER, "Face")) {
        measure(backdrop, function, work, table);
      }
      report.add(table);
    }
    Service.forget(work);
  }

  private void measure(FunctionTestBed backdrop, String function, Path work, Table table)
      throws IOException {
    FunctionSettings settings = backdrop.function(function);
    byte[] event =
        Files.readAllBytes(layout.root().resolve("events").resolve(EVENTS.get(function) + ".json"));
    Map<Cache, List<Double>> times = new EnumMap<>(Cache.class);
    for (Cache cache : Cache.values()) {
      if (cache != Cache.NONE) {
        backdrop.lambda().deploy(with(settings, cache.making + file(work, function, cache)));
        backdrop.lambda().invoke(function, event);
        backdrop.lambda().retire(function);
        requireMade(file(work, function, cache));
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Cache cache : Cache.values()) {
        FunctionSettings deployed =
            cache == Cache.NONE
                ? settings
                : with(settings, cache.using + file(work, function, cache), cache.insisting);
        backdrop.lambda().deploy(deployed);
        long begin = System.nanoTime();
        backdrop.lambda().invoke(function, event);
        times.computeIfAbsent(cache, _ -> new ArrayList<>()).add((System.nanoTime() - begin) / 1e6);
        backdrop.lambda().retire(function);
      }
    }
    tell(function, times, table);
  }

  private void tell(String function, Map<Cache, List<Double>> times, Table table) {
    Samples plain = samples(times, Cache.NONE);
    double best = 0;
    for (Cache cache : Cache.values()) {
      Samples ratios = plain.over(samples(times, cache));
      best = Math.max(best, ratios.median());
      table.row(function, cache.title, samples(times, cache), ratios.median());
    }
    if (function.equals(HANDLER)) {
      report.aim(
          "a handler answers 1.8 times as soon with its best cache",
          best >= AIM,
          Samples.digits(best) + " times");
    }
  }

  private static Samples samples(Map<Cache, List<Double>> times, Cache cache) {
    return Samples.of(times.getOrDefault(cache, List.of()), Double::doubleValue);
  }

  private static void requireMade(Path cache) throws IOException {
    if (!Files.exists(cache)) {
      throw new IOException("The JVM made no %s.".formatted(cache.getFileName()));
    }
  }

  private static Path file(Path work, String function, Cache cache) {
    return work.resolve(function + "." + cache);
  }

  private static FunctionSettings with(FunctionSettings settings, String... more) {
    List<String> options = new ArrayList<>(settings.jvmOptions());
    options.addAll(List.of(more));
    return new FunctionSettings(
        settings.name(),
        settings.handler(),
        settings.program(),
        options,
        settings.environment(),
        settings.megabytes(),
        settings.timeouts(),
        settings.maxProcesses());
  }
}
