package dev.facet.core.gallery;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A store whose next reads of the log are other than they should be. */
final class ScriptedStore implements GalleryStore {

  /** What the store keeps; may be exchanged, as a restore does. */
  volatile InMemoryGalleryStore kept;

  /** Applied to the next log pages, one each. */
  final Queue<UnaryOperator<LogPage>> pages = new ConcurrentLinkedQueue<>();

  /** Applied to the next reads of the head, one each. */
  final Queue<UnaryOperator<GalleryHead>> heads = new ConcurrentLinkedQueue<>();

  /** Run before each commit. */
  volatile Runnable beforeCommit = () -> {};

  /** Run before each read of the log. */
  volatile Runnable beforeLog = () -> {};

  /** From which entries the log was read. */
  final Queue<Long> readFrom = new ConcurrentLinkedQueue<>();

  final AtomicInteger historyReads = new AtomicInteger();
  final AtomicInteger logReads = new AtomicInteger();
  final AtomicInteger commits = new AtomicInteger();

  ScriptedStore(InMemoryGalleryStore kept) {
    this.kept = kept;
  }

  @Override
  public GalleryHead head(GalleryId gallery, Instant deadline) {
    GalleryHead head = kept.head(gallery, deadline);
    UnaryOperator<GalleryHead> script = heads.poll();
    return script == null ? head : script.apply(head);
  }

  @Override
  public LogPage history(GalleryId gallery, long from, Instant deadline) {
    historyReads.incrementAndGet();
    return log(gallery, from, deadline);
  }

  @Override
  public LogPage log(GalleryId gallery, long from, Instant deadline) {
    readFrom.add(from);
    logReads.incrementAndGet();
    beforeLog.run();
    LogPage page = kept.log(gallery, from, deadline);
    UnaryOperator<LogPage> script = pages.poll();
    return script == null ? page : script.apply(page);
  }

  @Override
  public Optional<Operation> record(
      ApplicationId application, Operation operation, Instant deadline) {
    return kept.record(application, operation, deadline);
  }

  @Override
  public WriteSize size(GalleryId gallery, Write write) {
    return kept.size(gallery, write);
  }

  @Override
  public CommitOutcome commit(Commit commit, Instant deadline) {
    commits.incrementAndGet();
    beforeCommit.run();
    return kept.commit(commit, deadline);
  }

  @Override
  public Optional<Subject> subject(GalleryId gallery, SubjectId subject, Instant deadline) {
    return kept.subject(gallery, subject, deadline);
  }

  @Override
  public Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline) {
    return kept.identifier(application, userIdentifier, deadline);
  }

  @Override
  public Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    return kept.operation(application, operation, deadline);
  }

  @Override
  public Optional<String> imageBundle(ApplicationId application, Instant deadline) {
    return kept.imageBundle(application, deadline);
  }

  @Override
  public String recordImageBundle(ApplicationId application, String bundle, Instant deadline) {
    return kept.recordImageBundle(application, bundle, deadline);
  }
}
