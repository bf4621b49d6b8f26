package dev.facet.local.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.aws.StoredGalleries;
import dev.facet.aws.StoredGalleries.StoredGallery;
import dev.facet.local.data.PrivateFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Refuses to serve a data folder whose galleries need a bundle that is not on board.
 *
 * <p>A file of the folder holds the bundles of the last start, and a service enrols with these
 * alone. The galleries, whose listing reads the whole database, are therefore listed only when one
 * of these bundles is missing, or the file.
 */
final class BundleGuard {

  private final PrivateFile<Served> file;
  private final StoredGalleries galleries;

  /**
   * The format of {@code bundles.json}.
   *
   * @param bundles the ids of the bundles on board at the last start
   */
  record Served(@JsonProperty("bundles") Set<String> bundles) {}

  BundleGuard(Path file, StoredGalleries galleries) {
    this.file = new PrivateFile<>(file, new TypeReference<>() {});
    this.galleries = galleries;
  }

  /**
   * Returns if every gallery with enrolled photos can be served.
   *
   * @throws BundleMissing if not
   */
  void require(Set<String> onBoard) {
    Optional<Served> last = file.read();
    if (last.isEmpty() || !onBoard.containsAll(last.get().bundles())) {
      SortedMap<String, List<StoredGallery>> missing = galleries.withoutBundle(onBoard);
      if (!missing.isEmpty()) {
        throw new BundleMissing(missing, onBoard);
      }
    }
    if (last.isEmpty() || !last.get().bundles().equals(onBoard)) {
      file.write(new Served(new TreeSet<>(onBoard)));
    }
  }
}
