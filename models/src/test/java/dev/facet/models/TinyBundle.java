package dev.facet.models;

import dev.facet.core.bundle.Anchors;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.CalibrationTable;
import dev.facet.core.bundle.Net;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.models.torchscript.Convolution;
import dev.facet.models.torchscript.ConvolutionKernel;
import dev.facet.models.torchscript.FloatTensor;
import dev.facet.models.torchscript.ScriptModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * A bundle of a few kilobytes for tests, and an example of a bundle with other networks and another
 * embedding dimension. Every network is the same single convolution of an 8 × 8 grey image,
 * averaged over the pixels. It detects nothing.
 */
public final class TinyBundle {

  private static final int SIDE = 8;

  private final int dimension;

  /**
   * @param dimension the dimension of the embeddings
   */
  public TinyBundle(int dimension) {
    this.dimension = dimension;
  }

  /** Writes the bundle into an existing folder. */
  public void write(Path folder) throws IOException {
    Path file = folder.resolve("tiny.pt");
    network(file);
    Net net =
        new Net(
            "tiny.pt",
            Bundle.sha256(file),
            new Net.Input(SIDE, SIDE, Net.Colours.GREY, List.of(0.0), List.of(1 / 255.0)),
            List.of(new Net.Output("mean", List.of(1L, (long) dimension))),
            new Net.Provenance("made here", "none", "none", "none", "none"));
    BundleManifest manifest =
        new BundleManifest(
            1,
            "tiny-" + dimension,
            "1",
            new BundleManifest.Detector(
                net, new Anchors(List.of(List.of(8)), List.of(8), 0.1, 0.2), List.of(), 0.5, 0.3),
            new BundleManifest.Landmarks(net),
            new BundleManifest.Pose(net, 3, -99),
            new BundleManifest.Embedding(net, dimension, 1),
            new CalibrationTable(
                new CalibrationTable.Origin("none", 0, 0, 0, 0),
                "none",
                ScoreMap.calibratedAt(0.5).knots(),
                List.of()),
            null);
    Files.write(folder.resolve(BundleManifest.FILE), Bundle.toJson(manifest));
  }

  private void network(Path file) throws IOException {
    float[] weights = new float[dimension * 9];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 7 - 3;
    }
    List<Long> one = Collections.nCopies(2, 1L);
    ScriptModule module = new ScriptModule("Tiny", _ -> ConvolutionKernel.XNNPACK);
    String features =
        module.convolve(
            "x",
            new Convolution(
                new FloatTensor(List.of((long) dimension, 1L, 3L, 3L), weights),
                null,
                one,
                one,
                one,
                1,
                false));
    String mean = module.assign("torch.mean(%s, [2, 3], False, dtype=None)".formatted(features));
    module.write(file, List.of(mean));
  }
}
