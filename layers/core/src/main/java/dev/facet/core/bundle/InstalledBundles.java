package dev.facet.core.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The model bundles that the build wrote into Facet's installation folder. */
public final class InstalledBundles {

  private static final String DEFAULT = "models/target/bundle/default";
  private static final String ALL = "models/target/bundles";

  private InstalledBundles() {}

  /** Returns the folder of the bundle with which new image galleries are made. */
  public static Path defaultFolder(Path home) {
    return home.resolve(DEFAULT);
  }

  /**
   * Returns the folder of the bundle with an id; there is none if the build wrote no such bundle.
   */
  public static Path folder(Path home, String id) {
    return home.resolve(ALL).resolve(id);
  }

  /** Returns the folders of all bundles, the default one first; it may be there twice. */
  public static List<Path> folders(Path home) {
    List<Path> folders = new ArrayList<>(List.of(defaultFolder(home)));
    Path all = home.resolve(ALL);
    if (Files.isDirectory(all)) {
      try (Stream<Path> others = Files.list(all)) {
        others
            .filter(folder -> Files.exists(folder.resolve(BundleManifest.FILE)))
            .sorted()
            .forEach(folders::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(folders);
  }
}
