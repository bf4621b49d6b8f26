package dev.facet.benchmarks.gateway;

import dev.facet.benchmarks.galleries.GalleryLoad;
import dev.facet.benchmarks.measure.Benchmark;
import dev.facet.benchmarks.measure.Layout;
import dev.facet.benchmarks.measure.Report;
import dev.facet.benchmarks.measure.Rounds;
import dev.facet.benchmarks.measure.Samples;
import dev.facet.benchmarks.measure.Table;
import dev.facet.benchmarks.peers.Detail;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.peers.PeerLauncher;
import dev.facet.benchmarks.photos.SingleFaces;
import dev.facet.benchmarks.service.Service;
import dev.facet.benchmarks.service.StoppedService;
import dev.facet.client.Credentials;
import dev.facet.client.FacetClient;
import dev.facet.client.FacetException;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.gallery.GalleryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures signed searches through the running service: latency relative to the bare extraction of
 * the same photo, throughput of four concurrent clients, and memory of the process.
 */
public final class GatewayBenchmark implements Benchmark {

  private static final Rounds ROUNDS = new Rounds("rounds over each set of photos", 30);
  private static final int SUBJECTS = 10_000;
  private static final int THRESHOLD = 7000;
  private static final int LIMIT = 10;

  /** Warm-up rounds for the extraction pipeline; the service is warm before them. */
  private static final int WARM_UPS = 20;

  private static final int CLIENTS = 4;

  /**
   * Long enough to compile service and client; both keep getting faster for a thousand requests.
   */
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  private static final Duration LOAD_DURATION = Duration.ofSeconds(8);
  private static final int LOAD_ROUNDS = 5;
  private static final int MAX_MEMORY_MB = 1200;

  private final Layout layout;

  /**
   * Creates the benchmark.
   *
   * @param layout locates the project's files
   */
  public GatewayBenchmark(Layout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String description() {
    return "signed searches through the running service, 10,000 subjects enrolled";
  }

  @Override
  public String usage() {
    return ROUNDS.usage();
  }

  @Override
  public void run(List<String> arguments, Report out) throws IOException, InterruptedException {
    int rounds = ROUNDS.parse(arguments);
    Path data = layout.work().resolve("gateway");
    Service.deleteData(data);
    fill(data);
    out.add(
        "A gallery of %,d random vectors; requests are signed by the Java client.\n"
            .formatted(SUBJECTS));
    try (Service service = Service.start(layout.root(), data);
        Peer facet = new PeerLauncher(layout).facet(layout.bundle())) {
      FacetClient client = new FacetClient(service.credentials());
      byte[] photo = Files.readAllBytes(largePhotos().getFirst());
      GalleryLoad.run(out, "search", () -> searched(client, photo));
      warmUp(out, client, photo);
      latency(out, rounds, "Six photos, 1920 columns, one face each", client, facet, largePhotos());
      List<Path> people = portraits();
      if (!people.isEmpty()) {
        latency(out, rounds, "Ten people, 250 × 250", client, facet, people);
      }
      throughput(out, client, largePhotos());
      memory(out, service);
    }
    Service.deleteData(data);
  }

  /** Fills the demo application's gallery while the service is down, through its store. */
  private void fill(Path data) throws IOException {
    Credentials credentials = Service.initialise(layout.root(), data);
    BundleManifest manifest = Bundle.open(layout.bundle()).manifest();
    try (StoppedService stopped = StoppedService.open(data, credentials)) {
      new RandomGallery(
              GalleryId.ofImages(stopped.application(), manifest.id()),
              manifest.embedding().dimension())
          .fill(stopped.galleries(), SUBJECTS);
    }
  }

  /** Returns whether a search is answered; false if it timed out. */
  private static boolean searched(FacetClient client, byte[] photo) {
    try {
      client.search(photo, THRESHOLD, LIMIT);
      return true;
    } catch (FacetException.Unavailable e) {
      return false;
    }
  }

  private static void warmUp(Report out, FacetClient client, byte[] photo)
      throws InterruptedException {
    Load.LoadResult warm =
        Load.run(CLIENTS, WARM_UP, turn -> client.search(photo, THRESHOLD, LIMIT));
    out.add(
        "The rest was measured after %,.0f more searches.\n"
            .formatted(warm.perSecond() * WARM_UP.toSeconds()));
  }

  private List<Path> largePhotos() throws IOException {
    SingleFaces single = new SingleFaces(layout.work().resolve("photos"));
    List<Path> photos = new ArrayList<>();
    for (int number = 1; number <= layout.samples().size(); number++) {
      photos.add(single.of(layout.samples().get(number - 1), number));
    }
    return photos;
  }

  /** Returns one photo of each person; none of the photos shows two people. */
  private List<Path> portraits() throws IOException {
    return layout.people().stream()
        .filter(photo -> photo.getFileName().toString().endsWith("_0003.jpg"))
        .toList();
  }

  private static void latency(
      Report out, int rounds, String title, FacetClient client, Peer facet, List<Path> photos)
      throws IOException {
    List<Double> searches = new ArrayList<>();
    List<Double> extractions = new ArrayList<>();
    List<Double> full = new ArrayList<>();
    for (int round = -WARM_UPS; round < rounds; round++) {
      double search = 0;
      double extraction = 0;
      double whole = 0;
      for (Path photo : photos) {
        search += searchMillis(client, Files.readAllBytes(photo));
        extraction += facet.extract(photo, Detail.BARE, null).millis();
        whole += facet.extract(photo, Detail.FULL, null).millis();
      }
      if (round >= 0) {
        searches.add(search / photos.size());
        extractions.add(extraction / photos.size());
        full.add(whole / photos.size());
      }
    }
    Samples search = Samples.of(searches, Double::doubleValue);
    Samples bare = Samples.of(extractions, Double::doubleValue);
    Samples attributes = Samples.of(full, Double::doubleValue);
    out.section(title);
    out.add(
        new Table("operation", "ms", "× bare extraction")
            .row("search request", search, search.over(bare))
            .row("bare extraction", bare, bare.over(bare))
            .row("extraction with attributes", attributes, attributes.over(bare)));
    Samples ratio = search.over(bare);
    out.target("a search under 1.5 × the bare extraction", ratio.median() < 1.5, ratio.spread());
    out.add("");
  }

  private static double searchMillis(FacetClient client, byte[] photo) {
    long start = System.nanoTime();
    client.search(photo, THRESHOLD, LIMIT);
    return (System.nanoTime() - start) / 1e6;
  }

  private static void throughput(Report out, FacetClient client, List<Path> photos)
      throws IOException, InterruptedException {
    List<byte[]> probes = new ArrayList<>();
    for (Path photo : photos) {
      probes.add(Files.readAllBytes(photo));
    }
    List<Load.LoadResult> one = new ArrayList<>();
    List<Load.LoadResult> several = new ArrayList<>();
    for (int duration = 0; duration < LOAD_ROUNDS; duration++) {
      one.add(
          Load.run(1, LOAD_DURATION, turn -> client.search(probe(probes, turn), THRESHOLD, LIMIT)));
      several.add(
          Load.run(
              CLIENTS,
              LOAD_DURATION,
              turn -> client.search(probe(probes, turn), THRESHOLD, LIMIT)));
    }
    Samples alone = Samples.of(one, Load.LoadResult::perSecond);
    Samples together = Samples.of(several, Load.LoadResult::perSecond);
    out.section("%d clients at once, 1920 columns".formatted(CLIENTS));
    out.add(
        new Table("clients", "searches a second", "× one client")
            .row(1, alone, alone.over(alone))
            .row(CLIENTS, together, together.over(alone)));
    long errors = several.stream().mapToLong(Load.LoadResult::errors).sum();
    out.target("no error", errors == 0, errors + " errors");
    out.target(
        "throughput at least 1.6 × one client's",
        together.over(alone).median() >= 1.6,
        together.over(alone).spread());
    out.add("");
  }

  private static byte[] probe(List<byte[]> probes, int turn) {
    return probes.get(turn % probes.size());
  }

  private static void memory(Report out, Service service) throws IOException {
    out.section("Memory of the whole process");
    long now = service.memory("VmRSS");
    long most = service.memory("VmHWM");
    out.add(new Table("measure", "MiB").row("RSS after the run", now).row("peak RSS", most));
    double megabytes = most * 1.048576;
    out.target("under 1.2 GB", megabytes < MAX_MEMORY_MB, "%.0f MB".formatted(megabytes));
  }
}
