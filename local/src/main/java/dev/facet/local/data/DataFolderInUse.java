package dev.facet.local.data;

import java.nio.file.Path;

/** Thrown when the data folder is already open, usually in another service. */
public final class DataFolderInUse extends RuntimeException {

  DataFolderInUse(Path root) {
    super("The data folder %s is in use by another service.".formatted(root), null, false, false);
  }
}
