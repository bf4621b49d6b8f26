package dev.facet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an argument names. */
final class NamedFile {

  private NamedFile() {}

  /** A file's bytes. */
  static byte[] bytes(String option, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableArgument(option, "'%s' must be a readable file".formatted(file));
    }
  }

  /** Writes a file, and the folders above it. */
  static void write(String option, Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UnusableArgument(option, "'%s' must be writable".formatted(file));
    }
  }
}
