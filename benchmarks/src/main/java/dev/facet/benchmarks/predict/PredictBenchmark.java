package dev.facet.benchmarks.predict;

import dev.facet.benchmarks.galleries.GalleryLoad;
import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Rounds;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.service.Service;
import dev.facet.benchmarks.service.StoppedService;
import dev.facet.client.Credentials;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.Authenticator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Measures signed requests with embeddings through the running service: latency and correctness of
 * predictions in a gallery of 100,000, enrolments per second into one gallery and their
 * completeness, the cost of an API key check, and the memory of the process.
 */
public final class PredictBenchmark implements Benchmark {

  private static final Rounds ROUNDS = new Rounds("predictions of each kind", 300);
  private static final int PEOPLE = 100_000;
  private static final int DIMENSION = 512;
  private static final int WARM_UPS = 200;
  private static final double MAX_MEDIAN_MILLIS = 25;
  private static final int CLIENTS = 8;
  private static final Duration LOAD_DURATION = Duration.ofSeconds(20);
  private static final double MIN_ENROLMENTS_PER_SECOND = 60;
  private static final String NEW_GALLERY = "FACE9_1";
  private static final int KEY_CHECKS = 20_000;

  private final Layout layout;

  /**
   * Creates the benchmark.
   *
   * @param layout locates the project's files
   */
  public PredictBenchmark(Layout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String description() {
    return "signed embeddings through the service: 100,000 people, then 8 clients enrolling at"
        + " once";
  }

  @Override
  public String usage() {
    return ROUNDS.usage();
  }

  @Override
  public void run(List<String> arguments, Report out) throws IOException, InterruptedException {
    int rounds = ROUNDS.parse(arguments);
    Path data = layout.work().resolve("predict");
    Service.deleteData(data);
    Crowd crowd = new Crowd(PEOPLE, DIMENSION);
    Credentials credentials = Service.initialise(layout.root(), data);
    try (StoppedService stopped = StoppedService.open(data, credentials)) {
      fill(out, stopped, crowd);
    }
    List<Enrolments.EnrolmentResult> enrolments = new ArrayList<>();
    try (Service service = Service.start(layout.root(), data)) {
      NodeClient client = new NodeClient(service.credentials());
      String shot = client.body(Crowd.VERSION, crowd.shot(0, new SplittableRandom(2)));
      GalleryLoad.run(out, "prediction", () -> client.predict(shot).status() == 200);
      predictions(out, rounds, client, crowd);
      memory(out, service, "Memory of the whole process with the gallery loaded");
      enrolments.add(enrolments(out, client, NEW_GALLERY, "a new gallery"));
      enrolments.add(enrolments(out, client, Crowd.VERSION, "the gallery of 100,000"));
      memory(out, service, "Memory of the whole process after the run");
    }
    try (StoppedService stopped = StoppedService.open(data, credentials)) {
      counted(out, stopped, NEW_GALLERY, enrolments.getFirst().enrolled());
      counted(out, stopped, Crowd.VERSION, (long) PEOPLE + enrolments.getLast().enrolled());
      keyCheck(out, stopped, new ApiKey(credentials.apiKey()));
    }
    Service.deleteData(data);
  }

  private static void fill(Report out, StoppedService stopped, Crowd crowd) {
    long start = System.nanoTime();
    crowd.enrol(GalleryId.ofEmbeddings(stopped.application(), Crowd.VERSION), stopped.galleries());
    out.add(
        "A gallery of %,d random embeddings of %d numbers, written through the store in commits of 32 (%.0f s); requests are signed by the Java client.\n"
            .formatted(PEOPLE, DIMENSION, (System.nanoTime() - start) / 1e9));
  }

  private void predictions(Report out, int rounds, NodeClient client, Crowd crowd) {
    SplittableRandom random = new SplittableRandom(3);
    IntFunction<float[]> shots = turn -> crowd.shot(random.nextInt(PEOPLE), random);
    IntFunction<float[]> strangers = turn -> Crowd.stranger(DIMENSION, random);
    for (int i = 0; i < WARM_UPS; i++) {
      client.predict(client.body(Crowd.VERSION, shots.apply(i)));
    }
    out.section("plainPredict, one client");
    Predictions known = predictions(rounds, client, crowd, shots);
    Predictions unknown = predictions(rounds, client, crowd, strangers);
    out.add(
        new Table("probe", "ms", "95th percentile, ms", "same as brute force")
            .row(
                "another photo of an enrolled person",
                known.millis(),
                known.millis().quantile(0.95),
                known.right())
            .row(
                "a person who is not enrolled",
                unknown.millis(),
                unknown.millis().quantile(0.95),
                unknown.right()));
    double median = Math.max(known.millis().median(), unknown.millis().median());
    out.target("median under 25 ms", median < MAX_MEDIAN_MILLIS, Samples.digits(median) + " ms");
    out.target(
        "every prediction is the same as by brute force",
        known.right() == rounds && unknown.right() == rounds,
        "%d of %d".formatted(known.right() + unknown.right(), 2 * rounds));
    out.add("");
  }

  private record Predictions(Samples millis, int right) {}

  private static Predictions predictions(
      int rounds, NodeClient client, Crowd crowd, IntFunction<float[]> probes) {
    List<Double> millis = new ArrayList<>();
    int right = 0;
    for (int round = 0; round < rounds; round++) {
      float[] probe = probes.apply(round);
      NodeClient.Reply reply = client.predict(client.body(Crowd.VERSION, probe));
      millis.add(reply.millis());
      right += reply.puid().equals(expected(crowd, probe)) ? 1 : 0;
    }
    return new Predictions(Samples.of(millis, Double::doubleValue), right);
  }

  /**
   * Returns the id that the contract requires: the nearest person within distance 1 (cosine 0.5),
   * or -1.
   */
  private static String expected(Crowd crowd, float[] probe) {
    int nearest = crowd.nearest(probe);
    return crowd.similarity(nearest, probe) >= 0.5 ? crowd.shown(nearest) : "-1";
  }

  private static Enrolments.EnrolmentResult enrolments(
      Report out, NodeClient client, String version, String where) throws InterruptedException {
    Enrolments enrolments = new Enrolments(client, version, DIMENSION);
    Enrolments.EnrolmentResult outcome = enrolments.run(CLIENTS, LOAD_DURATION);
    out.section("plainEnroll, %d clients, %s".formatted(CLIENTS, where));
    Samples millis = Samples.of(outcome.millis(), Double::doubleValue);
    out.add(
        new Table("enrolled a second", "ms", "enrolled", "rejected", "lost", "duplicate ids")
            .row(
                outcome.perSecond(),
                millis,
                outcome.enrolled(),
                outcome.rejected(),
                outcome.lost(),
                outcome.doubled()));
    out.target(
        "at least 60 a second",
        outcome.perSecond() >= MIN_ENROLMENTS_PER_SECOND,
        Samples.digits(outcome.perSecond()));
    out.target(
        "none lost, no duplicate ids, none rejected",
        outcome.lost() + outcome.doubled() + outcome.rejected() == 0,
        "%d of %d found again".formatted(outcome.enrolled() - outcome.lost(), outcome.enrolled()));
    out.add("");
    return outcome;
  }

  private void counted(Report out, StoppedService stopped, String version, long expected) {
    GalleryHead head =
        stopped
            .galleries()
            .head(
                GalleryId.ofEmbeddings(stopped.application(), version),
                Instant.now().plusSeconds(20));
    out.target(
        "the store's count in %s equals the number of confirmed enrolments".formatted(version),
        head.count() == expected,
        "%,d of %,d".formatted(head.count(), expected));
  }

  private static void keyCheck(Report out, StoppedService stopped, ApiKey key) {
    Authenticator authenticator = stopped.authenticator();
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < KEY_CHECKS; i++) {
      long start = System.nanoTime();
      boolean admitted = authenticator.admission(key, null).isPresent();
      micros.add((System.nanoTime() - start) / 1e3);
      if (!admitted) {
        throw new IllegalStateException("the demo application's own key is refused");
      }
    }
    Samples warm = Samples.of(micros.subList(KEY_CHECKS / 2, KEY_CHECKS), Double::doubleValue);
    out.section("API key check");
    out.add(
        new Table("check", "µs")
            .row("first, which reads the store", micros.getFirst())
            .row("warm", warm)
            .row("warm, 99th percentile", warm.quantile(0.99)));
    out.target(
        "under 1 ms when warm",
        warm.quantile(0.99) < 1000,
        Samples.digits(warm.quantile(0.99)) + " µs");
    out.add("");
  }

  private static void memory(Report out, Service service, String when) throws IOException {
    out.section(when);
    out.add(
        new Table("measure", "MiB")
            .row("RSS", service.memory("VmRSS"))
            .row("peak RSS", service.memory("VmHWM")));
  }
}
