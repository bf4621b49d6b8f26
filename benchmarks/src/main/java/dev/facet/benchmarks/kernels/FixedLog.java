package dev.facet.benchmarks.kernels;

import dev.facet.benchmarks.galleries.UnitVectors;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.LogChange;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogPage;
import dev.facet.core.gallery.LogPosition;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.gallery.WriteSize;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.subjects.SubjectIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** A read-only store with one gallery of random unit vectors. */
final class FixedLog implements GalleryStore {

  private final GalleryHead head;
  private final List<LogEntry> entries;

  FixedLog(int templates, int dimension, RandomGenerator random) {
    SubjectIds ids = new SubjectIds(SubjectIds.NEC_PREFIX, random);
    head =
        new GalleryHead(
            new LogPosition("benchmark", templates), 1, templates, Map.of("face", dimension), null);
    entries =
        LongStream.rangeClosed(1, templates)
            .mapToObj(
                seq ->
                    new LogEntry(
                        seq,
                        List.of(
                            new LogChange.Put(ids.next(), List.of(template(dimension, random))))))
            .toList();
  }

  static Template template(int dimension, RandomGenerator random) {
    return new Template("face", UnitVectors.random(dimension, random));
  }

  @Override
  public GalleryHead head(GalleryId gallery, Instant deadline) {
    return head;
  }

  @Override
  public LogPage log(GalleryId gallery, long from, Instant deadline) {
    return new LogPage(entries.subList((int) from - 1, entries.size()), head);
  }

  @Override
  public Optional<Subject> subject(GalleryId gallery, SubjectId subject, Instant deadline) {
    return Optional.empty();
  }

  @Override
  public Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline) {
    return Optional.empty();
  }

  @Override
  public Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    return Optional.empty();
  }

  @Override
  public Optional<Operation> record(
      ApplicationId application, Operation operation, Instant deadline) {
    throw new UnsupportedOperationException("this gallery is only read");
  }

  @Override
  public WriteSize size(GalleryId gallery, Write write) {
    return WriteSize.NONE;
  }

  @Override
  public CommitOutcome commit(Commit commit, Instant deadline) {
    throw new UnsupportedOperationException("this gallery is only read");
  }

  @Override
  public Optional<String> imageBundle(ApplicationId application, Instant deadline) {
    return Optional.empty();
  }

  @Override
  public String recordImageBundle(ApplicationId application, String bundle, Instant deadline) {
    throw new UnsupportedOperationException("this gallery is only read");
  }
}
