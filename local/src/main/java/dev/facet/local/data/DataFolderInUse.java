package dev.facet.local.data;

import java.nio.file.Path;

/** Another service has the data folder open. */
public final class DataFolderInUse extends RuntimeException {

  DataFolderInUse(Path root) {
    super("The data folder %s is in use by another service.".formatted(root), null, false, false);
  }
}
