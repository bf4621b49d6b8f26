package dev.facet.core.gallery;

import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.images.ErasureStore;
import org.jspecify.annotations.Nullable;

/** The store in memory keeps the contract that the tests of other modules rely on. */
final class InMemoryGalleryStoreTest extends GalleryStoreContract {

  private @Nullable InMemoryGalleryStore store;

  @Override
  protected GalleryStore store(SettableClock clock) {
    return shared(clock);
  }

  @Override
  protected ErasureStore erasures(SettableClock clock) {
    return shared(clock);
  }

  @Override
  protected LogErasureStore logErasures(SettableClock clock) {
    return shared(clock);
  }

  private InMemoryGalleryStore shared(SettableClock clock) {
    if (store == null) {
      store = new InMemoryGalleryStore(clock);
    }
    return store;
  }
}
