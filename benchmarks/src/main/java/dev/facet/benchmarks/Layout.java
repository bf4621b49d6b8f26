package dev.facet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where things are.
 *
 * @param root the project's folder
 * @param testdata the folder with {@code photos/lfw10}; its licences don't let it be ours to ship
 */
public record Layout(Path root, Path testdata) {

  /** Makes the paths absolute. */
  public Layout {
    root = root.toAbsolutePath().normalize();
    testdata = testdata.toAbsolutePath().normalize();
  }

  /** The model bundle that the build makes. */
  public Path bundle() {
    return root.resolve("models/target/bundle/default");
  }

  /** The published networks that the bundle is made of. */
  public Path published() {
    return root.resolve("models/node_modules/faceplugin-face-recognition-js/model");
  }

  /** This module. */
  public Path benchmarks() {
    return root.resolve("benchmarks");
  }

  /** Where reports go. */
  public Path results() {
    return benchmarks().resolve("results");
  }

  /** For what is made on the way. */
  public Path work() {
    return benchmarks().resolve("target/work");
  }

  /** The six sample photos, 1920 columns wide. */
  public List<Path> samples() {
    Path folder = root.resolve("models/node_modules/@vladmandic/face-api/demo");
    return IntStream.rangeClosed(1, 6)
        .mapToObj(number -> folder.resolve("sample%d.jpg".formatted(number)))
        .toList();
  }

  /**
   * Ten photos of each of ten people, by name; empty if they are not to be had here.
   *
   * @throws IOException if they can't be listed
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
