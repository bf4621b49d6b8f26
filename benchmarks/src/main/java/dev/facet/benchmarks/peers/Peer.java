package dev.facet.benchmarks.peers;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A face pipeline in a separate process. It stays alive and answers one line of JSON with one line,
 * so that pipelines in different languages can take turns. It reads files first and times itself,
 * so its times exclude the exchange.
 *
 * <pre>
 * (at start)                                        ← {"versions":{"onnxruntime":"1.32.0"}}
 * → {"op":"extract","photo":"…","detail":"bare","plan":{…}} ← {"millis":…,"stages":{…},"faces":[…]}
 * → {"op":"net","net":"fr_feature","runs":25}       ← {"times":[…]}
 * (on failure)                                      ← {"error":"…"}
 * </pre>
 */
public final class Peer implements AutoCloseable {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final String name;
  private final Process process;
  private final Writer requests;
  private final BufferedReader responses;
  private final Map<String, String> versions;

  private Peer(String name, Process process) throws IOException {
    this.name = name;
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.responses = process.inputReader(StandardCharsets.UTF_8);
    this.versions = receive(Hello.class).versions();
  }

  /**
   * Starts a pipeline and waits until it has loaded its networks.
   *
   * @throws IOException if it doesn't start
   */
  public static Peer start(String name, Path folder, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(Redirect.INHERIT);
    // one thread each, so that every pipeline has the same share of the machine
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    builder.environment().put("GLIBC_TUNABLES", tunables());
    builder.environment().keySet().removeAll(List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"));
    return new Peer(name, builder.start());
  }

  /** Large pages and freed memory kept, as {@code ./facet} sets them. */
  private static String tunables() {
    return "glibc.malloc.hugetlb=1:glibc.malloc.trim_threshold=1073741824"
        + ":glibc.malloc.top_pad=67108864:glibc.malloc.mmap_max=0:glibc.malloc.arena_max="
        + Runtime.getRuntime().availableProcessors();
  }

  /** Returns the name in reports. */
  public String name() {
    return name;
  }

  /** Returns the name with the versions of the libraries below it. */
  public String description() {
    return versions.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", ", name + ": ", ""));
  }

  /** Detects the faces of a photo and extracts their templates. */
  public ExtractionResult extract(Path photo, Detail detail, @Nullable DetectionPlan plan) {
    return exchange(Request.extract(photo, detail, plan), ExtractionResult.class);
  }

  /** Returns the plan by which Facet's detector processes a photo. */
  public DetectionPlan plan(Path photo) {
    return exchange(Request.of("plan", photo), DetectionPlan.class);
  }

  /** Returns milliseconds of decoding a JPEG in the peer's language. */
  public double plainDecode(Path photo) {
    return exchange(Request.of("plain-decode", photo), Millis.class).millis();
  }

  /** Returns milliseconds of each of several runs of one network on noise. */
  public List<Double> net(Network network, int runs) {
    return exchange(Request.net(network, runs), Times.class).times();
  }

  private <A> A exchange(Request request, Class<A> type) {
    try {
      requests.write(JSON.writeValueAsString(request));
      requests.write('\n');
      requests.flush();
      return receive(type);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not respond", e);
    }
  }

  private <A> A receive(Class<A> type) throws IOException {
    String line = responses.readLine();
    if (line == null) {
      throw new IOException(name + " ended without a response");
    }
    JsonNode tree = JSON.readTree(line);
    if (tree.has("error")) {
      throw new IOException(name + ": " + tree.get("error").asText());
    }
    return JSON.treeToValue(tree, type);
  }

  /** Ends the process: closes its input, then kills it if it is still alive after 5 s. */
  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private record Hello(Map<String, String> versions) {}

  private record Millis(double millis) {}

  private record Times(List<Double> times) {}
}
