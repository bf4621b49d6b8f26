package dev.facet.core.faces;

import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.gallery.GalleryStore;

/** Embeddings on a store in memory. */
final class EmbeddingIdentitiesTest extends EmbeddingIdentitiesContract {

  private final InMemoryGalleryStore store = new InMemoryGalleryStore(clock);

  @Override
  protected GalleryStore store() {
    return store;
  }
}
