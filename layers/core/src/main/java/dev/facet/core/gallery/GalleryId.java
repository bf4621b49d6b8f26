package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;
import java.util.Optional;

/**
 * The name of a gallery. Vectors of different applications must not share a gallery; vectors of
 * different models are not comparable.
 *
 * @param application the owner
 * @param space the model of the vectors: {@code image/<bundle id>} for {@code /v1}, {@code
 *     node/<version>} for {@code /node}
 */
public record GalleryId(ApplicationId application, String space) {

  private static final String IMAGES = "image/";

  /**
   * Returns the id of the gallery of an application's {@code /v1} subjects under a model bundle.
   */
  public static GalleryId ofImages(ApplicationId application, String bundleId) {
    return new GalleryId(application, IMAGES + bundleId);
  }

  /**
   * Returns the id of the gallery of an application's people with embeddings of a model version.
   */
  public static GalleryId ofEmbeddings(ApplicationId application, String version) {
    return new GalleryId(application, "node/" + version);
  }

  /**
   * Returns the id of the bundle whose templates the gallery holds; empty for embeddings, whose
   * model the caller runs.
   */
  public Optional<String> bundleId() {
    return space.startsWith(IMAGES)
        ? Optional.of(space.substring(IMAGES.length()))
        : Optional.empty();
  }
}
