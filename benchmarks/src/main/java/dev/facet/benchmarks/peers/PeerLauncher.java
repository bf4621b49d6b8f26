package dev.facet.benchmarks.peers;

import dev.facet.benchmarks.measure.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the pipelines to compare.
 *
 * @param layout locates the pipelines
 */
public record PeerLauncher(Layout layout) {

  /**
   * Starts Facet in a JVM with the service's flags.
   *
   * @param bundle the folder of its model bundle
   * @throws IOException if it doesn't start
   */
  public Peer facet(Path bundle) throws IOException {
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                Stream.of(System.getProperty("facet.jvm.flags", "").split("\\s+")),
                Stream.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.facet.benchmarks.ours.FacetPeer",
                    bundle.toString()))
            .flatMap(part -> part)
            .filter(word -> !word.isBlank())
            .toList();
    return Peer.start("facet", layout.root(), command);
  }

  /**
   * Starts face-api.js on tfjs-wasm.
   *
   * @throws IOException if it doesn't start
   */
  public Peer faceApi() throws IOException {
    return Peer.start("face-api.js", peers("faceapi"), List.of("node", "peer.mjs"));
  }

  /**
   * Starts the published networks in Python.
   *
   * @param engine {@code onnxruntime} or {@code openvino}
   * @throws IOException if it doesn't start
   */
  public Peer onnx(String engine) throws IOException {
    String python = layout.benchmarks().resolve(".venv/bin/python").toString();
    return Peer.start(
        engine, peers("onnx"), List.of(python, "peer.py", engine, layout.published().toString()));
  }

  private Path peers(String name) {
    return layout.benchmarks().resolve("peers").resolve(name);
  }
}
