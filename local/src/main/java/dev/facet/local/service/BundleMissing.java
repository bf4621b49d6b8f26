package dev.facet.local.service;

import dev.facet.aws.StoredGalleries.StoredGallery;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Thrown when a data folder holds photos' templates of a bundle that is not on board. The service
 * would answer that all these people do not exist. The message names bundles, applications and
 * remedies.
 */
public final class BundleMissing extends RuntimeException {

  BundleMissing(SortedMap<String, List<StoredGallery>> missing, Set<String> onBoard) {
    super(
        ("The data folder holds %s, but only the bundle %s is on board. Start with --bundle and the"
                + " folder of the missing bundle, or choose another folder with --data, or erase"
                + " the applications with './facet applications erase ID'.")
            .formatted(
                missing.entrySet().stream()
                    .map(bundle -> galleries(bundle.getKey(), bundle.getValue()))
                    .collect(Collectors.joining(" and ")),
                String.join(", ", new TreeSet<>(onBoard))));
  }

  private static String galleries(String bundle, List<StoredGallery> galleries) {
    return "%d faces of bundle %s (application %s)"
        .formatted(
            galleries.stream().mapToLong(StoredGallery::templates).sum(),
            bundle,
            galleries.stream()
                .map(gallery -> gallery.id().application().toString())
                .sorted()
                .collect(Collectors.joining(", ")));
  }
}
