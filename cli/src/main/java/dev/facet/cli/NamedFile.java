package dev.facet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes files that command-line arguments name. */
final class NamedFile {

  private NamedFile() {}

  /** Returns a file's bytes. */
  static byte[] bytes(String option, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableArgument(option, "'%s' must be a readable file".formatted(file));
    }
  }

  /** Writes a file and creates its parent folders. */
  static void write(String option, Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UnusableArgument(option, "'%s' must be writable".formatted(file));
    }
  }
}
