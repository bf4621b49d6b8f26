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
 * A face pipeline in a process of its own. It stays alive and answers one line of JSON with one
 * line, so that pipelines in different languages can take turns; it times itself, files read
 * beforehand, so that the exchange costs it nothing.
 *
 * <pre>
 * (at start)                                        ← {"versions":{"onnxruntime":"1.32.0"}}
 * → {"op":"extract","photo":PATH,"detail":"bare","plan":{…}} ← {"millis":…,"stages":{…},"faces":[…]}
 * → {"op":"net","net":"fr_feature","runs":25}       ← {"times":[…]}
 * (whatever fails)                                  ← {"error":"…"}
 * </pre>
 */
public final class Peer implements AutoCloseable {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final String name;
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final Map<String, String> versions;

  private Peer(String name, Process process) throws IOException {
    this.name = name;
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.versions = read(Hello.class).versions();
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
    // and large pages, as ./facet has ours use them
    builder.environment().put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    builder.environment().keySet().removeAll(List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"));
    return new Peer(name, builder.start());
  }

  /** What it is called in reports. */
  public String name() {
    return name;
  }

  /** Its name with the versions of what it runs on. */
  public String description() {
    return versions.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", ", name + ": ", ""));
  }

  /** Finds the faces of a photo and makes their templates. */
  public Seen extract(Path photo, Detail detail, @Nullable Plan plan) {
    return ask(Request.extract(photo, detail, plan), Seen.class);
  }

  /** Which pictures our detector looks at for a photo. */
  public Plan plan(Path photo) {
    return ask(Request.of("plan", photo), Plan.class);
  }

  /** Milliseconds of decoding a JPEG in the peer's own language. */
  public double plainDecode(Path photo) {
    return ask(Request.of("plain-decode", photo), Millis.class).millis();
  }

  /** Milliseconds of each of some runs of one network on noise. */
  public List<Double> net(Network network, int runs) {
    return ask(Request.net(network, runs), Times.class).times();
  }

  private <A> A ask(Request request, Class<A> answer) {
    try {
      requests.write(JSON.writeValueAsString(request));
      requests.write('\n');
      requests.flush();
      return read(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is gone", e);
    }
  }

  private <A> A read(Class<A> answer) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(name + " ended without an answer");
    }
    JsonNode tree = JSON.readTree(line);
    if (tree.has("error")) {
      throw new IOException(name + ": " + tree.get("error").asText());
    }
    return JSON.treeToValue(tree, answer);
  }

  /** Ends the process: the end of its input first, force if it stays. */
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
