package dev.facet.benchmarks.ours;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.facet.benchmarks.peers.Area;
import dev.facet.benchmarks.peers.DetectionPlan;
import dev.facet.benchmarks.peers.ExtractionResult;
import dev.facet.benchmarks.peers.Network;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.vision.StageTimer;
import dev.facet.vision.TorchFaceExtractor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Facet's extractor behind the line protocol of {@link dev.facet.benchmarks.peers.Peer}, on one
 * thread, as the service uses for a request.
 */
public final class FacetPeer {

  private static final int MAX_FACES = 50;

  private final ObjectMapper json = JsonMapper.builder().findAndAddModules().build();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Bundle bundle;
  private final StageWatch watch = new StageWatch();
  private final TorchFaceExtractor extractor;
  private final Map<String, byte[]> photos = new HashMap<>();
  private final Map<String, List<ExtractionResult.Face>> faces = new HashMap<>();
  private final Map<Network, TorchNetwork> networks = new HashMap<>();

  private FacetPeer(Path folder) {
    bundle = Bundle.open(folder);
    TorchFaceExtractor.Settings usual = TorchFaceExtractor.Settings.defaults();
    extractor =
        new TorchFaceExtractor(
            bundle, new TorchFaceExtractor.Settings(1, usual.maxPixels()), watch);
  }

  /**
   * Answers requests until the input ends.
   *
   * @param arguments the bundle's folder
   * @throws IOException if input or output fail
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream responses = System.out;
    // output of libraries must not appear between the responses
    System.setOut(System.err);
    FacetPeer peer = new FacetPeer(Path.of(arguments[0]));
    responses.println(peer.json.writeValueAsString(Map.of("versions", peer.versions())));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      responses.println(peer.json.writeValueAsString(peer.handle(line)));
    }
  }

  private Map<String, String> versions() {
    return Map.of(
        "pytorch", ai.djl.engine.Engine.getEngine("PyTorch").getVersion(),
        "bundle", bundle.manifest().id());
  }

  /**
   * Returns the response to a request; an exception becomes an error response and the peer goes on.
   */
  private Object handle(String line) {
    try {
      JsonNode request = json.readTree(line);
      return switch (request.get("op").asText()) {
        case "extract" ->
            extract(request.get("photo").asText(), request.get("detail").asText().equals("full"));
        case "plan" -> plan(request.get("photo").asText());
        case "net" -> Map.of("times", network(request).times(request.get("runs").asInt()));
        default -> throw new IllegalArgumentException("unknown operation");
      };
    } catch (RuntimeException | IOException e) {
      return Map.of("error", e.toString());
    }
  }

  private ExtractionResult extract(String path, boolean full) {
    byte[] photo = photo(path);
    List<ExtractionResult.Face> known = faces.computeIfAbsent(path, this::faces);
    watch.clear();
    long before = system.getProcessCpuTime();
    long start = System.nanoTime();
    try {
      if (full) {
        extractor.describe(photo, MAX_FACES);
      } else {
        extractor.templates(photo, MAX_FACES);
      }
    } catch (NoFace e) {
      // detection takes as long as with any other photo
    }
    double millis = (System.nanoTime() - start) / 1e6;
    double cpu = (system.getProcessCpuTime() - before) / 1e6;
    return new ExtractionResult(millis, cpu, watch.millis(), known);
  }

  private List<ExtractionResult.Face> faces(String path) {
    try {
      return extractor.all(photo(path), MAX_FACES).stream()
          .map(seen -> face(seen.attributes(), seen.template().vector()))
          .toList();
    } catch (NoFace e) {
      return List.of();
    }
  }

  private static ExtractionResult.Face face(FaceAttributes seen, float[] template) {
    return new ExtractionResult.Face(
        Area.of(seen.faceArea()),
        seen.faceScore(),
        IntStream.range(0, template.length).mapToObj(i -> template[i]).toList());
  }

  private DetectionPlan plan(String path) {
    watch.clear();
    try {
      extractor.templates(photo(path), MAX_FACES);
    } catch (NoFace e) {
      // the detector ran and reported its passes all the same
    }
    BundleManifest.Detector detector = bundle.manifest().detector();
    List<StageTimer.Look> looks = watch.looks();
    return new DetectionPlan(
        looks.getFirst().reduction(),
        looks.stream().map(FacetPeer::scale).toList(),
        detector.score(),
        detector.overlap());
  }

  private static DetectionPlan.Scale scale(StageTimer.Look look) {
    return new DetectionPlan.Scale(
        look.columns(),
        look.rows(),
        look.width(),
        look.height(),
        IntStream.range(0, look.levels()).boxed().toList());
  }

  private TorchNetwork network(JsonNode request) {
    JsonNode width = request.get("width");
    JsonNode height = request.get("height");
    Network network =
        new Network(
            request.get("net").asText(),
            width == null ? null : (Integer) width.asInt(),
            height == null ? null : (Integer) height.asInt());
    return networks.computeIfAbsent(network, key -> TorchNetwork.load(bundle, key));
  }

  private byte[] photo(String path) {
    return photos.computeIfAbsent(
        path,
        key -> {
          try {
            return Files.readAllBytes(Path.of(key));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
