package dev.facet.benchmarks.predict;

import dev.facet.aws.DynamoApplicationStore;
import dev.facet.aws.DynamoGalleryStore;
import dev.facet.aws.DynamoKeyStore;
import dev.facet.aws.Tables;
import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Rounds;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.service.Service;
import dev.facet.client.Credentials;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.Authenticator;
import dev.facet.core.keys.KeyId;
import dev.facet.local.data.DataFolder;
import dev.facet.local.dynamodb.EmbeddedDynamo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
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
  private static final int MOST_ATTEMPTS = 20;
  private static final int WARM_UPS = 200;
  private static final double MOST_MILLIS = 25;
  private static final int CLIENTS = 8;
  private static final Duration SPELL = Duration.ofSeconds(20);
  private static final double LEAST_PER_SECOND = 60;
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
    Service.forget(data);
    Crowd crowd = new Crowd(PEOPLE, DIMENSION);
    Credentials credentials = firstStart(data);
    withStores(data, credentials, stores -> fill(out, stores, crowd));
    List<Enrolments.Outcome> enrolments = new ArrayList<>();
    try (Service service = Service.start(layout.root(), data)) {
      NodeClient client = new NodeClient(service.credentials());
      firstPrediction(out, client, crowd);
      predictions(out, rounds, client, crowd);
      memory(out, service, "Memory of the whole process, the gallery loaded");
      enrolments.add(enrolments(out, client, NEW_GALLERY, "a new gallery"));
      enrolments.add(enrolments(out, client, Crowd.VERSION, "the gallery of 100,000"));
      memory(out, service, "Memory of the whole process, after all this");
    }
    withStores(
        data,
        credentials,
        stores -> {
          counted(out, stores, NEW_GALLERY, enrolments.getFirst().enrolled());
          counted(out, stores, Crowd.VERSION, (long) PEOPLE + enrolments.getLast().enrolled());
          keyCheck(out, stores, new ApiKey(credentials.apiKey()));
        });
    Service.forget(data);
  }

  /** Starts the service once, which creates the demo application. */
  private Credentials firstStart(Path data) throws IOException {
    try (Service service = Service.start(layout.root(), data)) {
      return service.credentials();
    }
  }

  /** The stores of a stopped service. */
  private record Stores(
      DynamoGalleryStore galleries, Authenticator keys, ApplicationId application) {}

  @FunctionalInterface
  private static interface Use {
    void of(Stores stores);
  }

  private static void withStores(Path data, Credentials credentials, Use use) throws IOException {
    try (DataFolder folder = DataFolder.open(data);
        EmbeddedDynamo dynamo = EmbeddedDynamo.start(folder.folder("dynamodb"), Tables.DEFAULT)) {
      DynamoKeyStore keys = new DynamoKeyStore(dynamo.client(), Tables.DEFAULT);
      ApplicationId application =
          keys.find(KeyId.of(new ApiKey(credentials.apiKey()))).orElseThrow().application();
      use.of(
          new Stores(
              new DynamoGalleryStore(dynamo.client(), Tables.DEFAULT, Clock.systemUTC()),
              new Authenticator(
                  keys,
                  new DynamoApplicationStore(dynamo.client(), Tables.DEFAULT),
                  Clock.systemUTC()),
              application));
    }
  }

  private static void fill(Report out, Stores stores, Crowd crowd) {
    long start = System.nanoTime();
    crowd.enrol(GalleryId.ofEmbeddings(stores.application(), Crowd.VERSION), stores.galleries());
    out.add(
        "A gallery of %,d random embeddings of %d numbers, written through the store in commits of 32 (%.0f s); requests are signed by the Java client.\n"
            .formatted(PEOPLE, DIMENSION, (System.nanoTime() - start) / 1e9));
  }

  /** Loads the gallery. If a request times out, the next one continues the load. */
  private static void firstPrediction(Report out, NodeClient client, Crowd crowd) {
    String body = client.body(Crowd.VERSION, crowd.shot(0, new SplittableRandom(2)));
    long start = System.nanoTime();
    int attempts = 1;
    while (client.predict(body).status() != 200) {
      if (++attempts > MOST_ATTEMPTS) {
        throw new IllegalStateException(
            "the gallery is not loaded after %d requests".formatted(MOST_ATTEMPTS));
      }
    }
    out.add(
        "The first prediction, which loads the gallery, took %.1f s and %d requests.\n"
            .formatted((System.nanoTime() - start) / 1e9, attempts));
  }

  private void predictions(Report out, int rounds, NodeClient client, Crowd crowd) {
    SplittableRandom random = new SplittableRandom(3);
    IntFunction<float[]> shots = turn -> crowd.shot(random.nextInt(PEOPLE), random);
    IntFunction<float[]> strangers = turn -> Crowd.stranger(DIMENSION, random);
    for (int i = 0; i < WARM_UPS; i++) {
      client.predict(client.body(Crowd.VERSION, shots.apply(i)));
    }
    out.section("plainPredict, one client");
    Predictions known = predictions(out, rounds, client, crowd, shots);
    Predictions unknown = predictions(out, rounds, client, crowd, strangers);
    out.add(
        new Table("probe", "ms", "95 % under", "names whom brute force names")
            .row(
                "another shot of somebody",
                known.millis(),
                known.millis().quantile(0.95),
                known.right())
            .row("a stranger", unknown.millis(), unknown.millis().quantile(0.95), unknown.right()));
    double median = Math.max(known.millis().median(), unknown.millis().median());
    out.aim("median under 25 ms", median < MOST_MILLIS, Samples.digits(median) + " ms");
    out.aim(
        "every answer is brute force's",
        known.right() == rounds && unknown.right() == rounds,
        "%d of %d".formatted(known.right() + unknown.right(), 2 * rounds));
    out.add("");
  }

  private record Predictions(Samples millis, int right) {}

  private static Predictions predictions(
      Report out, int rounds, NodeClient client, Crowd crowd, IntFunction<float[]> probes) {
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

  private static Enrolments.Outcome enrolments(
      Report out, NodeClient client, String version, String where) throws InterruptedException {
    Enrolments enrolments = new Enrolments(client, version, DIMENSION);
    Enrolments.Outcome outcome = enrolments.run(CLIENTS, SPELL);
    out.section("plainEnroll, %d clients, %s".formatted(CLIENTS, where));
    Samples millis = Samples.of(outcome.millis(), Double::doubleValue);
    out.add(
        new Table("enrolled a second", "ms", "enrolled", "answered otherwise", "lost", "doubled")
            .row(
                outcome.perSecond(),
                millis,
                outcome.enrolled(),
                outcome.otherwise(),
                outcome.lost(),
                outcome.doubled()));
    out.aim(
        "at least 60 a second",
        outcome.perSecond() >= LEAST_PER_SECOND,
        Samples.digits(outcome.perSecond()));
    out.aim(
        "none lost, none doubled, none refused",
        outcome.lost() + outcome.doubled() + outcome.otherwise() == 0,
        "%d of %d found again".formatted(outcome.enrolled() - outcome.lost(), outcome.enrolled()));
    out.add("");
    return outcome;
  }

  private void counted(Report out, Stores stores, String version, long expected) {
    GalleryHead head =
        stores
            .galleries()
            .head(
                GalleryId.ofEmbeddings(stores.application(), version),
                Instant.now().plusSeconds(20));
    out.aim(
        "the store counts as many in %s as were answered".formatted(version),
        head.count() == expected,
        "%,d of %,d".formatted(head.count(), expected));
  }

  private static void keyCheck(Report out, Stores stores, ApiKey key) {
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < KEY_CHECKS; i++) {
      long start = System.nanoTime();
      boolean admitted = stores.keys().admission(key, null).isPresent();
      micros.add((System.nanoTime() - start) / 1e3);
      if (!admitted) {
        throw new IllegalStateException("the service's own key is refused");
      }
    }
    Samples warm = Samples.of(micros.subList(KEY_CHECKS / 2, KEY_CHECKS), Double::doubleValue);
    out.section("The check of an API key");
    out.add(
        new Table("check", "µs")
            .row("the first, which reads the store", micros.getFirst())
            .row("warm", warm)
            .row("warm, 99 % under", warm.quantile(0.99)));
    out.aim(
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
            .row("at most", service.memory("VmHWM")));
  }
}
