package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A {@link GalleryStore} that repeats each failed read until its deadline, or until an {@linkplain
 * #until earlier time}, so that throttling never costs more than the one read: pages of a log
 * already read and a face already extracted are kept.
 *
 * <p>After that time the fault is a TIMEOUT with the last fault as its cause, which means that
 * waiting was already done: no caller should repeat the work. Commits are passed on unchanged,
 * since the committer plans them again.
 */
final class RetryingReads implements GalleryStore {

  private final GalleryStore store;
  private final Retries retries;
  private final Instant retryUntil;

  RetryingReads(GalleryStore store, Retries retries) {
    this(store, retries, Instant.MAX);
  }

  private RetryingReads(GalleryStore store, Retries retries, Instant retryUntil) {
    this.store = store;
    this.retries = retries;
    this.retryUntil = retryUntil;
  }

  /** Returns the same store for a caller that repeats no failed read after another time. */
  GalleryStore until(Instant end) {
    return new RetryingReads(store, retries, end);
  }

  @Override
  public GalleryHead head(GalleryId gallery, Instant deadline) {
    return reading(deadline, () -> store.head(gallery, deadline));
  }

  @Override
  public LogPage log(GalleryId gallery, long from, Instant deadline) {
    return reading(deadline, () -> store.log(gallery, from, deadline));
  }

  @Override
  public LogPage history(GalleryId gallery, long from, Instant deadline) {
    return reading(deadline, () -> store.history(gallery, from, deadline));
  }

  @Override
  public Optional<Subject> subject(GalleryId gallery, SubjectId subject, Instant deadline) {
    return reading(deadline, () -> store.subject(gallery, subject, deadline));
  }

  @Override
  public Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline) {
    return reading(deadline, () -> store.identifier(application, userIdentifier, deadline));
  }

  @Override
  public Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    return reading(deadline, () -> store.operation(application, operation, deadline));
  }

  /** Repeats the call as if it were a read: after a lost response it finds its own record. */
  @Override
  public Optional<Operation> record(
      ApplicationId application, Operation operation, Instant deadline) {
    return reading(deadline, () -> store.record(application, operation, deadline));
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
    return reading(deadline, () -> store.imageBundle(application, deadline));
  }

  @Override
  public String recordImageBundle(ApplicationId application, String bundle, Instant deadline) {
    return reading(deadline, () -> store.recordImageBundle(application, bundle, deadline));
  }

  private <T> T reading(Instant deadline, Supplier<T> read) {
    return retries.untilTimeout(retryUntil.isBefore(deadline) ? retryUntil : deadline, read);
  }
}
