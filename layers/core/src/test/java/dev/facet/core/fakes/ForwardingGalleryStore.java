package dev.facet.core.fakes;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.LogPage;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Write;
import dev.facet.core.gallery.WriteSize;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.Optional;

/** A {@link GalleryStore} that forwards every call; tests override what they need. */
public abstract class ForwardingGalleryStore implements GalleryStore {

  private final GalleryStore store;

  /** Forwards calls to {@code store}. */
  protected ForwardingGalleryStore(GalleryStore store) {
    this.store = store;
  }

  @Override
  public GalleryHead head(GalleryId gallery, Instant deadline) {
    return store.head(gallery, deadline);
  }

  @Override
  public LogPage log(GalleryId gallery, long from, Instant deadline) {
    return store.log(gallery, from, deadline);
  }

  @Override
  public LogPage history(GalleryId gallery, long from, Instant deadline) {
    return store.history(gallery, from, deadline);
  }

  @Override
  public Optional<Subject> subject(GalleryId gallery, SubjectId subject, Instant deadline) {
    return store.subject(gallery, subject, deadline);
  }

  @Override
  public Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline) {
    return store.identifier(application, userIdentifier, deadline);
  }

  @Override
  public Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    return store.operation(application, operation, deadline);
  }

  @Override
  public Optional<Operation> record(
      ApplicationId application, Operation operation, Instant deadline) {
    return store.record(application, operation, deadline);
  }

  @Override
  public WriteSize size(GalleryId gallery, Write write) {
    return store.size(gallery, write);
  }

  @Override
  public CommitOutcome commit(Commit commit, Instant deadline) {
    return store.commit(commit, deadline);
  }

  @Override
  public Optional<String> imageBundle(ApplicationId application, Instant deadline) {
    return store.imageBundle(application, deadline);
  }

  @Override
  public String recordImageBundle(ApplicationId application, String bundle, Instant deadline) {
    return store.recordImageBundle(application, bundle, deadline);
  }
}
