package dev.facet.vision;

import ai.djl.Model;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The networks that extractors of several bundles share. A file that is in two bundles is loaded
 * once, and freed when the last extractor that uses it is closed. Safe for concurrent use.
 */
public final class SharedModels {

  private final Map<String, Shared> bySha256 = new HashMap<>();

  private static final class Shared {
    private final Model model;
    private int users;

    private Shared(Model model) {
      this.model = model;
    }
  }

  /**
   * Returns the model of a file, which the caller must {@link #release}.
   *
   * @param sha256 the hash of the file
   * @param load loads the file, if no other user has
   */
  synchronized Model acquire(String sha256, Supplier<Model> load) {
    Shared shared = bySha256.computeIfAbsent(sha256, _ -> new Shared(load.get()));
    shared.users++;
    return shared.model;
  }

  /** Closes a model if no other user has it. */
  synchronized void release(String sha256) {
    Shared shared = bySha256.get(sha256);
    if (shared != null && --shared.users == 0) {
      bySha256.remove(sha256);
      shared.model.close();
    }
  }

  /** Returns the number of files that are loaded. */
  synchronized int size() {
    return bySha256.size();
  }
}
