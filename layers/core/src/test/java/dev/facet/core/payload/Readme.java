package dev.facet.core.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Code that README shows: a block whose first line is a comment with a file's name. */
public final class Readme {

  private static final Path ROOT = Path.of(System.getProperty("facet.root", "../.."));

  private Readme() {}

  /** Writes a block of code as the file that it says it is. */
  public static Path write(String name, Path folder) {
    try {
      String text = Files.readString(ROOT.resolve("README.md"));
      int start = text.indexOf("// " + name + "\n");
      if (start < 0) {
        throw new AssertionError("README shows no " + name);
      }
      return Files.writeString(
          folder.resolve(name), text.substring(start, text.indexOf("```", start)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether Node.js can be run. */
  public static boolean hasNode() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What a script of a folder prints. */
  public static String runNode(Path folder, String script) {
    try {
      Process process =
          new ProcessBuilder("node", script)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
