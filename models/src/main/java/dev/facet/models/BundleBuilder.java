package dev.facet.models;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The build step that writes the default bundle. It does nothing if the bundle is newer than the
 * published networks and the classes of this module.
 */
public final class BundleBuilder {

  private BundleBuilder() {}

  /**
   * Writes the bundle if it is missing or out of date.
   *
   * @param arguments the folder of the published networks, then the folder of the bundle
   */
  public static void main(String[] arguments) throws IOException, URISyntaxException {
    Path networks = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    Path code =
        Path.of(BundleBuilder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (isOutdated(folder.resolve(BundleManifest.FILE), List.of(networks, code))) {
      new DefaultBundle(networks).write(folder);
      System.out.println("Model bundle: " + Bundle.open(folder).manifest().id());
    }
  }

  private static boolean isOutdated(Path manifest, List<Path> sources) throws IOException {
    if (!Files.exists(manifest)) {
      return true;
    }
    long built = Files.getLastModifiedTime(manifest).toMillis();
    for (Path source : sources) {
      try (Stream<Path> files = Files.walk(source)) {
        if (files.anyMatch(file -> lastModified(file) > built)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
