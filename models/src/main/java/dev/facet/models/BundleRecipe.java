package dev.facet.models;

import java.io.IOException;
import java.nio.file.Path;

/** A bundle that can be built from published networks. */
public sealed interface BundleRecipe permits FacepluginBundle, SFaceBundle {

  /** Returns the id of the bundle, which galleries store. */
  String id();

  /**
   * Writes the bundle into a folder, which is created if it is missing. The output is reproducible:
   * equal networks give equal bytes. The manifest is written last.
   */
  void write(Path folder) throws IOException;
}
