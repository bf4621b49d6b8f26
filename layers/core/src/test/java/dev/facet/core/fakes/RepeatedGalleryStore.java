package dev.facet.core.fakes;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A {@link GalleryStore} on which another process acts after the first look-up of an operation. */
public final class RepeatedGalleryStore extends ForwardingGalleryStore {

  private final AtomicReference<@Nullable Runnable> meanwhile;

  /** Runs {@code meanwhile} after the first look-up, whose result is from before. */
  public RepeatedGalleryStore(GalleryStore store, Runnable meanwhile) {
    super(store);
    this.meanwhile = new AtomicReference<>(meanwhile);
  }

  @Override
  public Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    Optional<Operation> found = super.operation(application, operation, deadline);
    Runnable other = meanwhile.getAndSet(null);
    if (other != null) {
      other.run();
    }
    return found;
  }
}
