package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;

/**
 * A gallery's name: vectors of other applications must not, and vectors of other models can't, meet
 * in one.
 *
 * @param application whose it is
 * @param space which model's vectors it holds: {@code image/<bundle id>} for {@code /v1}, {@code
 *     node/<version>} for {@code /node}
 */
public record GalleryId(ApplicationId application, String space) {

  /** The gallery of an application's {@code /v1} subjects under a model bundle. */
  public static GalleryId ofImages(ApplicationId application, String bundleId) {
    return new GalleryId(application, "image/" + bundleId);
  }

  /** The gallery of an application's people whose embeddings are of a model version. */
  public static GalleryId ofEmbeddings(ApplicationId application, String version) {
    return new GalleryId(application, "node/" + version);
  }
}
