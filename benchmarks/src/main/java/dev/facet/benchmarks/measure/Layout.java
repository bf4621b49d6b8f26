package dev.facet.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files and folders that the benchmarks use.
 *
 * @param root the project's folder
 * @param testdata the folder with {@code photos/lfw10}, which its licences don't let us ship
 */
public record Layout(Path root, Path testdata) {

  /** Makes the paths absolute. */
  public Layout {
    root = root.toAbsolutePath().normalize();
    testdata = testdata.toAbsolutePath().normalize();
  }

  /** Returns the folder of the default model bundle. */
  public Path bundle() {
    return root.resolve("models/target/bundle/default");
  }

  /** Returns the folder of a model bundle that the build produces. */
  public Path bundle(String id) {
    return root.resolve("models/target/bundles").resolve(id);
  }

  /** Returns the folder of the bundle whose networks are all those of {@link #published()}. */
  public Path publishedBundle() {
    return bundle("faceplugin-512-v1");
  }

  /** Returns the folder of labelled photos, one folder per person; it need not exist. */
  public Path peopleFolder() {
    return testdata.resolve("photos/lfw10");
  }

  /** Returns the folder of the published networks that the bundle is made of. */
  public Path published() {
    return root.resolve("models/node_modules/faceplugin-face-recognition-js/model");
  }

  /** Returns this module's folder. */
  public Path benchmarks() {
    return root.resolve("benchmarks");
  }

  /** Returns the folder of the committed results, the source of all figures in documents. */
  public Path results() {
    return benchmarks().resolve("results");
  }

  /** Returns the folder of reports that were not to be saved. */
  public Path unsavedResults() {
    return benchmarks().resolve("target/results");
  }

  /** Returns the folder of intermediate files. */
  public Path work() {
    return benchmarks().resolve("target/work");
  }

  /** Returns the six sample photos, 1920 columns wide. */
  public List<Path> samples() {
    Path folder = root.resolve("models/node_modules/@vladmandic/face-api/demo");
    return IntStream.rangeClosed(1, 6)
        .mapToObj(number -> folder.resolve("sample%d.jpg".formatted(number)))
        .toList();
  }

  /**
   * Returns ten photos of each of ten people, by name; empty if the folder does not exist.
   *
   * @throws IOException if the folder can't be listed
   */
  public List<Path> people() throws IOException {
    Path folder = testdata.resolve("photos/lfw10");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }
}
