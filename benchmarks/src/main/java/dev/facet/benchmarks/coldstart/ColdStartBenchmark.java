package dev.facet.benchmarks.coldstart;

import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Rounds;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.service.Service;
import dev.facet.core.applications.ApplicationId;
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
import java.util.UUID;

/**
 * Measures the time from the start of a function's process to its first response, under AWS's
 * runtime interface client and Facet's Runtime API, with and without JVM caches from an earlier
 * run.
 */
public final class ColdStartBenchmark implements Benchmark {

  private static final Rounds ROUNDS = new Rounds("starts of each function with each cache", 9);
  private static final ApiKey KEY = new ApiKey("FacetEventKey000000000000001");
  private static final double TARGET = 1.8;

  /** The handler to which the target applies: it reads a key's record from the store. */
  private static final String HANDLER = "node.CheckApiKey";

  private static final Map<String, String> EVENTS =
      Map.of(HANDLER, "node-check-api-key", "Face", "functions/face-no-command");

  private final Layout layout;

  /** The cache of classes or code with which a JVM starts. */
  private enum Cache {
    NONE("plain", "", "", ""),
    CDS("CDS archive", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "-Xshare:on"),
    AOT("AOT cache", "-XX:AOTCacheOutput=", "-XX:AOTCache=", "-XX:AOTMode=on");

    private final String title;
    private final String making;
    private final String using;

    /** Makes a JVM that can't use the cache exit instead of starting without it. */
    private final String requiring;

    Cache(String title, String making, String using, String requiring) {
      this.title = title;
      this.making = making;
      this.using = using;
      this.requiring = requiring;
    }
  }

  /**
   * Creates the benchmark.
   *
   * @param layout locates the project's files
   */
  public ColdStartBenchmark(Layout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "coldstart";
  }

  @Override
  public String description() {
    return "functions under Lambda's runtime client, from process start to first response";
  }

  @Override
  public String usage() {
    return ROUNDS.usage();
  }

  @Override
  public void run(List<String> arguments, Report out) throws IOException {
    int rounds = ROUNDS.parse(arguments);
    Path work = layout.work().resolve("coldstart");
    Service.deleteData(work);
    Files.createDirectories(work);
    PrintStream noOutput = new PrintStream(OutputStream.nullOutputStream());
    try (FunctionTestBed testBed =
        FunctionTestBed.start(
            work.resolve("data"),
            BuiltFunctions.built(layout.root(), List.of(layout.bundle())),
            noOutput)) {
      testBed.admit(KEY, new ApplicationId(UUID.randomUUID()));
      Table table = new Table("function", "JVM", "process start to first response, ms", "× plain");
      for (String function : List.of(HANDLER, "Face")) {
        measure(out, rounds, testBed, function, work, table);
      }
      out.add(table);
    }
    Service.deleteData(work);
  }

  private void measure(
      Report out, int rounds, FunctionTestBed testBed, String function, Path work, Table table)
      throws IOException {
    FunctionSettings settings = testBed.function(function);
    byte[] event =
        Files.readAllBytes(layout.root().resolve("events").resolve(EVENTS.get(function) + ".json"));
    Map<Cache, List<Double>> times = new EnumMap<>(Cache.class);
    for (Cache cache : Cache.values()) {
      if (cache != Cache.NONE) {
        testBed.lambda().deploy(with(settings, cache.making + file(work, function, cache)));
        testBed.lambda().invoke(function, event);
        testBed.lambda().retire(function);
        requireMade(file(work, function, cache));
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Cache cache : Cache.values()) {
        FunctionSettings deployed =
            cache == Cache.NONE
                ? settings
                : with(settings, cache.using + file(work, function, cache), cache.requiring);
        testBed.lambda().deploy(deployed);
        long begin = System.nanoTime();
        testBed.lambda().invoke(function, event);
        times.computeIfAbsent(cache, _ -> new ArrayList<>()).add((System.nanoTime() - begin) / 1e6);
        testBed.lambda().retire(function);
      }
    }
    report(out, function, times, table);
  }

  private static void report(
      Report out, String function, Map<Cache, List<Double>> times, Table table) {
    Samples plain = samples(times, Cache.NONE);
    double best = 0;
    for (Cache cache : Cache.values()) {
      Samples ratios = plain.over(samples(times, cache));
      best = Math.max(best, ratios.median());
      table.row(function, cache.title, samples(times, cache), ratios.median());
    }
    if (function.equals(HANDLER)) {
      out.target(
          "a handler's first response is 1.8 times as fast with the better cache",
          best >= TARGET,
          Samples.digits(best) + " times");
    }
  }

  private static Samples samples(Map<Cache, List<Double>> times, Cache cache) {
    return Samples.of(times.getOrDefault(cache, List.of()), Double::doubleValue);
  }

  private static void requireMade(Path cache) throws IOException {
    if (!Files.exists(cache)) {
      throw new IOException("the JVM wrote no %s".formatted(cache.getFileName()));
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
