package dev.facet.local.data;

import java.nio.file.Path;

/** Thrown when a data folder, or a file in it, can't be read or written; the message says why. */
public final class DataFolderUnusable extends RuntimeException {

  DataFolderUnusable(Path path, String reason, Throwable cause) {
    super("%s can't be used: %s.".formatted(path, reason), cause);
  }
}
