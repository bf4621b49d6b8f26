package dev.facet.cli;

import dev.facet.core.bundle.BundleManifest;
import dev.facet.core.bundle.InstalledBundles;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** Converts the id of an installed bundle, or a folder, to the folder of a bundle. */
final class BundleFolder implements ITypeConverter<Path> {

  @Override
  public Path convert(String bundle) {
    Path home = Path.of(System.getProperty("facet.home", ""));
    Path installed = InstalledBundles.folder(home, bundle);
    return Files.isRegularFile(installed.resolve(BundleManifest.FILE))
        ? installed
        : Path.of(bundle);
  }
}
