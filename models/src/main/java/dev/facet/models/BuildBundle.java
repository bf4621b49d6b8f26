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
public final class BuildBundle {

  private BuildBundle() {}

  /**
   * Writes the bundle if it is missing or out of date.
   *
   * @param arguments the folder of the published networks, then the folder of the bundle
   */
  public static void main(String[] arguments) throws IOException, URISyntaxException {
    Path published = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    Path code =
        Path.of(BuildBundle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (isOlder(folder.resolve(BundleManifest.FILE), List.of(published, code))) {
      new DefaultBundle(published).write(folder);
      System.out.println("Model bundle: " + Bundle.open(folder).manifest().id());
    }
  }

  private static boolean isOlder(Path made, List<Path> sources) throws IOException {
    if (!Files.exists(made)) {
      return true;
    }
    long then = Files.getLastModifiedTime(made).toMillis();
    for (Path source : sources) {
      try (Stream<Path> files = Files.walk(source)) {
        if (files.anyMatch(file -> modified(file) > then)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
