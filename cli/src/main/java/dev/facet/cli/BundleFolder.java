package dev.facet.cli;

import dev.facet.core.bundle.InstalledBundles;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** Converts the id of a bundle of this installation, or the path of any bundle, to its folder. */
final class BundleFolder implements ITypeConverter<Path> {

  private final Path home;

  /** Creates a converter for the installation in the folder that {@code facet.home} names. */
  BundleFolder() {
    this(Path.of(System.getProperty("facet.home", "")));
  }

  BundleFolder(Path home) {
    this.home = home;
  }

  @Override
  public Path convert(String text) {
    Path installed = InstalledBundles.folder(home, text);
    return !text.isEmpty() && Files.isDirectory(installed) ? installed : Path.of(text);
  }
}
