package dev.facet.face.memory;

import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.vision.TorchBundles;
import dev.facet.vision.TorchFaceExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Extracts the faces of files with several bundles, one after the other, while another thread loads
 * one full gallery after the other, and prints the process's peak memory.
 */
final class MemoryProbe {

  /** How many bundles are loaded. */
  private static final int BUNDLES = 2;

  private MemoryProbe() {}

  /**
   * @param arguments the folders of the bundles and the files, separated by colons: the entry point
   *     passes one argument to the class that it runs
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String[] paths = arguments[0].split(":");
    GalleryLoads galleries = new GalleryLoads();
    FutureTask<?> loading = new FutureTask<>(galleries, true);
    Thread loader = Thread.ofPlatform().start(loading);
    List<Path> folders = Stream.of(paths).limit(BUNDLES).map(Path::of).toList();
    try (TorchBundles bundles = new TorchBundles(folders, TorchFaceExtractor.Settings.defaults())) {
      List<FaceExtractor> extractors =
          bundles.ids().stream().map(id -> bundles.get(id).extractor()).toList();
      System.out.println("no file: " + peak() + " MiB");
      for (int i = BUNDLES; i < paths.length; i++) {
        byte[] image = Files.readAllBytes(Path.of(paths[i]));
        String found = found(extractors, image);
        System.out.printf("%s: %d MiB, %s%n", Path.of(paths[i]).getFileName(), peak(), found);
      }
    }
    if (loading.isDone()) {
      throw new AssertionError("the galleries are no longer loaded", loading.exceptionNow());
    }
    loader.interrupt();
    loader.join();
    System.out.printf(
        "%d galleries of %d templates: %d MiB%n", galleries.loads(), galleries.templates(), peak());
  }

  /** Returns what the last extractor found; all read the image. */
  private static String found(List<FaceExtractor> extractors, byte[] image) {
    String found = "";
    for (FaceExtractor extractor : extractors) {
      found = found(extractor, image);
    }
    return found;
  }

  private static String found(FaceExtractor extractor, byte[] image) {
    try {
      try {
        extractor.single(image);
      } catch (MultipleFaces | NoFace unfit) {
        // as much memory as for one face
      }
      return extractor.describe(image, 20).size() + " faces";
    } catch (NoFace none) {
      return "0 faces";
    } catch (CallerFault refused) {
      return refused.reason();
    }
  }

  /** Returns the largest resident set size so far in MiB, heap and native memory. */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
