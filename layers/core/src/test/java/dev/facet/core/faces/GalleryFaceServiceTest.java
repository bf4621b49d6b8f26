package dev.facet.core.faces;

import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageStore;

/** The service on stores in memory. */
final class GalleryFaceServiceTest extends FaceServiceContract {

  private final InMemoryGalleryStore store = new InMemoryGalleryStore(clock);
  private final InMemoryImageStore images = new InMemoryImageStore();

  @Override
  protected GalleryStore store() {
    return store;
  }

  @Override
  protected ErasureStore erasures() {
    return store;
  }

  @Override
  protected ImageStore images() {
    return images;
  }
}
