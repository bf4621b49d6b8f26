package dev.facet.core.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Programs that the project's documents show. A program is a code block whose first line is a
 * comment with the name of its file, such as {@code // walk.mjs}.
 */
public final class Docs {

  private static final Path ROOT = Path.of(System.getProperty("facet.root", "../.."));

  private Docs() {}

  /**
   * Returns a program.
   *
   * @param document the document's path in the repository, such as {@code docs/encryption.md}
   * @param name the program's file name
   * @throws AssertionError if the document has no such block
   */
  public static String block(String document, String name) {
    try {
      String text = Files.readString(ROOT.resolve(document));
      int start = text.indexOf("\n// " + name + "\n") + 1;
      if (start == 0) {
        throw new AssertionError(document + " has no block that starts with // " + name);
      }
      return text.substring(start, text.indexOf("```", start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a program to a folder and returns its file. */
  public static Path write(String document, String name, Path folder) {
    try {
      return Files.writeString(folder.resolve(name), block(document, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
