package dev.facet.models;

import dev.facet.core.bundle.Anchors;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Net;
import dev.facet.core.bundle.Net.Colours;
import dev.facet.core.bundle.Net.Input;
import dev.facet.core.bundle.Net.Output;
import dev.facet.models.onnx.OnnxGraph;
import dev.facet.models.onnx.OnnxReader;
import dev.facet.models.torchscript.KernelSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The networks of the npm package {@code faceplugin-face-recognition-js} 0.0.1: an UltraFace
 * RFB-320 detector, 68 landmarks, HopeNet-style pose and a 512-d MobileFaceNet-like embedding.
 */
final class FacepluginNetworks {

  private static final String SOURCE = "npm faceplugin-face-recognition-js 0.0.1";
  private static final String INTEGRITY =
      "sha512-shriXjd4zJHEwhK1jHK+bWo8Vv6Vu9B/w6RRsd4AFtNM/jaI2vhuOamOSMl9qQmLd8WlQ7dgqN+3C2iOi5pXWw==";

  /** The detector equals a published one, whose authors name their training data. */
  private static final String DETECTOR_TRAINING =
      "WIDER FACE, by the authors of UltraFace version-RFB-320, which it equals";

  private static final Anchors ANCHORS =
      new Anchors(
          List.of(List.of(10, 16, 24), List.of(32, 48), List.of(64, 96), List.of(128, 192, 256)),
          List.of(8, 16, 32, 64),
          0.1,
          0.2);

  private final Path networks;

  /**
   * @param networks the folder that holds the {@code .onnx} files of the package
   */
  FacepluginNetworks(Path networks) {
    this.networks = networks;
  }

  /**
   * Writes the detector and its two parts. The published network decodes boxes for 320 × 240 pixels
   * only, so the graph is cut before the decoding and then accepts any size. A part holds the first
   * levels alone: it is cut at the Concat nodes that join the outputs of all levels.
   */
  BundleManifest.Detector detector(Path folder) throws IOException {
    String logits = "461";
    String regressions = "462";
    List<String> outputs = List.of("scores", regressions);
    OnnxGraph graph = read("fr_detect");
    List<BundleManifest.Part> parts = new ArrayList<>();
    for (int levels = 1; levels <= 2; levels++) {
      OnnxGraph part =
          graph.withFirstConcatInputs(logits, levels).withFirstConcatInputs(regressions, levels);
      KernelSelector kernels = levels == 1 ? Kernels::forLargeImages : Kernels.UNCACHED;
      Net net =
          detector(
              folder, part.subgraph(outputs), "fr_detect_" + levels, kernels, ANCHORS.upTo(levels));
      parts.add(new BundleManifest.Part(net, levels));
    }
    Net net =
        detector(folder, graph.subgraph(outputs), "fr_detect", Kernels::forLargeImages, ANCHORS);
    return new BundleManifest.Detector(net, ANCHORS, parts, 0.7, 0.3);
  }

  private Net detector(
      Path folder, OnnxGraph graph, String name, KernelSelector kernels, Anchors anchors)
      throws IOException {
    Input input = new Input(320, 240, Colours.RGB, repeat(3, 127), repeat(3, 1 / 128.0));
    long count = anchors.count(input.width(), input.height());
    List<Output> outputs =
        List.of(
            new Output("scores", List.of(1L, count, 2L)),
            new Output("regressions", List.of(1L, count, 4L)));
    return net(folder, graph, name, "fr_detect", kernels, input, outputs);
  }

  Net landmarks(Path folder) throws IOException {
    return net(
        folder,
        "fr_landmark",
        Kernels::forSmallImages,
        new Input(64, 64, Colours.GREY, repeat(1, 0), repeat(1, 1 / 256.0)),
        List.of(new Output("points", List.of(1L, 136L))));
  }

  Net pose(Path folder) throws IOException {
    List<Double> mean = List.of(255 * 0.485, 255 * 0.456, 255 * 0.406);
    List<Double> scale = List.of(1 / (255 * 0.229), 1 / (255 * 0.224), 1 / (255 * 0.225));
    return net(
        folder,
        "fr_pose",
        Kernels::forSmallImages,
        new Input(224, 224, Colours.RGB, mean, scale),
        List.of(
            new Output("yaw", List.of(1L, 66L)),
            new Output("pitch", List.of(1L, 66L)),
            new Output("roll", List.of(1L, 66L))));
  }

  Net embedding(Path folder) throws IOException {
    return net(
        folder,
        "fr_feature",
        Kernels::forSmallImages,
        new Input(112, 112, Colours.RGB, repeat(3, 127), repeat(3, 1 / 128.0)),
        List.of(new Output("embedding", List.of(1L, 512L))));
  }

  private OnnxGraph read(String name) throws IOException {
    return OnnxReader.read(networks.resolve(name + ".onnx"));
  }

  /** Converts a published network without cutting it. */
  private Net net(
      Path folder, String name, KernelSelector kernels, Input input, List<Output> outputs)
      throws IOException {
    return net(folder, read(name), name, name, kernels, input, outputs);
  }

  private Net net(
      Path folder,
      OnnxGraph graph,
      String name,
      String from,
      KernelSelector kernels,
      Input input,
      List<Output> outputs)
      throws IOException {
    Path file = folder.resolve(name + ".pt");
    OnnxToTorchScript.convert(graph, className(name), kernels, file);
    return new Net(
        name + ".pt",
        Bundle.sha256(file),
        input,
        outputs,
        new Net.Provenance(
            SOURCE,
            INTEGRITY,
            "model/" + from + ".onnx",
            "MIT",
            from.equals("fr_detect") ? DETECTOR_TRAINING : "unknown"));
  }

  private static String className(String name) {
    String word = name.substring(name.indexOf('_') + 1).replace("_", "");
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static List<Double> repeat(int channels, double value) {
    return Collections.nCopies(channels, value);
  }
}
