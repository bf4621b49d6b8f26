package dev.facet.core.fakes;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.LogPage;
import java.time.Instant;

/** A {@link GalleryStore} whose logs can't be read, so that no gallery can be loaded. */
public final class UnreadableLog extends ForwardingGalleryStore {

  /** Forwards all other calls to {@code store}. */
  public UnreadableLog(GalleryStore store) {
    super(store);
  }

  @Override
  public LogPage log(GalleryId gallery, long from, Instant deadline) {
    throw new InternalFault("a log entry is damaged");
  }

  @Override
  public LogPage history(GalleryId gallery, long from, Instant deadline) {
    throw new InternalFault("a log entry is damaged");
  }
}
