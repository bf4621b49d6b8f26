package dev.facet.local.chaos;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.LogPage;
import dev.facet.core.gallery.Subject;
import dev.facet.core.operations.Operation;
import dev.facet.core.operations.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A {@link GalleryStore} that fails on purpose. */
public final class ChaoticGalleryStore implements GalleryStore {

  private final GalleryStore store;
  private final Chaos chaos;
  private final RandomGenerator random;

  /** Another store with faults. */
  public ChaoticGalleryStore(GalleryStore store, Chaos chaos, RandomGenerator random) {
    this.store = store;
    this.chaos = chaos;
    this.random = random;
  }

  @Override
  public GalleryHead head(GalleryId gallery, Instant deadline) {
    return perhaps(() -> store.head(gallery, deadline));
  }

  @Override
  public LogPage log(GalleryId gallery, long from, Instant deadline) {
    return perhaps(() -> store.log(gallery, from, deadline));
  }

  @Override
  public Optional<Subject> subject(GalleryId gallery, SubjectId subject, Instant deadline) {
    return perhaps(() -> store.subject(gallery, subject, deadline));
  }

  @Override
  public Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline) {
    return perhaps(() -> store.identifier(application, userIdentifier, deadline));
  }

  @Override
  public Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    return perhaps(() -> store.operation(application, operation, deadline));
  }

  @Override
  public CommitOutcome commit(Commit commit, Instant deadline) {
    return perhaps(() -> store.commit(commit, deadline));
  }

  private <T> T perhaps(Supplier<T> call) {
    double chance = random.nextDouble();
    if (chance < chaos.throttle()) {
      throw new TransientFault(Kind.THROTTLED, "A store is throttling requests, on purpose.");
    }
    T answer = call.get();
    if (chance < chaos.throttle() + chaos.timeout()) {
      throw new TransientFault(Kind.TIMEOUT, "A store's answer was lost, on purpose.");
    }
    return answer;
  }
}
