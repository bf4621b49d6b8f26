package dev.facet.local.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** Parses paths that a command line names. */
public final class PathText {

  private PathText() {}

  /**
   * Returns the path.
   *
   * @throws TypeConversionException if the text is empty or no path on this platform
   */
  public static Path parse(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("it must name a file or folder, but is empty");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'%s' is not a path".formatted(text));
    }
  }
}
