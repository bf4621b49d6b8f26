package dev.facet.core.gallery;

import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The writes planned so far for one commit. Only the thread that created it may use it.
 *
 * <p>It enforces the limits of a commit: a write that does not fit waits for the next commit.
 */
abstract sealed class PendingCommit implements AutoCloseable
    permits PendingCommit.Seeing, PendingCommit.Blind {

  private final ToSize sizes;
  private final GalleryLimits limits;
  private final Set<Object> touched = new HashSet<>();
  private final List<Write> writes = new ArrayList<>();
  private WriteSize size = WriteSize.NONE;
  private long count;

  /** Returns the size that a write adds to a commit. */
  @FunctionalInterface
  interface ToSize {
    WriteSize of(Write write);
  }

  /**
   * @param count templates of enrolled subjects before the commit
   * @param sizes the sizes of writes in the gallery's store
   * @param limits the limits of the gallery
   */
  private PendingCommit(long count, ToSize sizes, GalleryLimits limits) {
    this.count = count;
    this.sizes = sizes;
    this.limits = limits;
  }

  /** Frees the memory of the planned writes. */
  @Override
  public abstract void close();

  /** Returns the position before the commit. */
  public abstract LogPosition position();

  /** Returns the token of the last log entry before the commit; null if it has none. */
  abstract @Nullable String token();

  /** Returns the number of coordinates per factor after the commit. */
  public abstract Map<String, Integer> dimensions();

  /** Returns the write of a plan of this kind of commit. */
  abstract Write write(WritePlan plan);

  /** Returns the number of templates that a subject has before an effect. */
  abstract int before(Write.Effect effect);

  /** Notes the changes of a write that was added. */
  abstract void apply(List<LogChange> changes);

  /** Returns the number of templates of enrolled subjects after the commit. */
  public long count() {
    return count;
  }

  /** Returns whether nothing has been added. */
  boolean isEmpty() {
    return writes.isEmpty();
  }

  List<Write> writes() {
    return writes;
  }

  /** Whether a write is part of this commit. */
  enum Addition {
    ADDED,
    /** It touches an item that an added write touches; it fits a later commit. */
    CONFLICTING,
    /** There is too little room left; it fits a later commit. */
    NO_ROOM
  }

  /**
   * Adds a write if it fits into this commit: there is room, and it touches other items.
   *
   * @throws GalleryFull if it adds more templates than the gallery may hold
   * @throws InvalidRequest if the dimension of a template differs from that of its factor, or the
   *     write fits no commit
   */
  Addition add(Write write) {
    WriteSize own = sizes.of(write);
    if (!own.fits()) {
      throw new InvalidRequest(
          "the request stores %d items and %d bytes; at most %d items and %d bytes are possible"
              .formatted(
                  own.items(),
                  Math.max(own.entryBytes(), own.largestItem()),
                  WriteSize.MAX_ITEMS,
                  WriteSize.MAX_ENTRY_BYTES));
    }
    if (touches(write).anyMatch(touched::contains)) {
      return Addition.CONFLICTING;
    }
    if (writes.size() == Commit.MAX_WRITES || !size.plus(own).fits()) {
      return Addition.NO_ROOM;
    }
    List<LogChange> changes = write.effects().stream().map(Write.Effect::change).toList();
    checkDimensions(changes);
    long more =
        write.effects().stream()
            .mapToLong(effect -> effect.change().templates().size() - before(effect))
            .sum();
    if (more > 0) {
      checkRoom(count + more, changes);
    }
    count += more;
    size = size.plus(own);
    touches(write).forEach(touched::add);
    apply(changes);
    writes.add(write);
    return Addition.ADDED;
  }

  private void checkRoom(long templates, List<LogChange> changes) {
    if (templates > limits.maxTemplates()) {
      throw new GalleryFull(limits.maxTemplates());
    }
    Map<String, Integer> all = new HashMap<>(dimensions());
    changes.stream()
        .flatMap(change -> change.templates().stream())
        .forEach(template -> all.put(template.factor(), template.dimension()));
    limits.checkMemory(templates, all);
  }

  private void checkDimensions(List<LogChange> changes) {
    Map<String, Integer> dimensions = new HashMap<>(dimensions());
    for (LogChange change : changes) {
      for (Template template : change.templates()) {
        int dimension = dimensions.computeIfAbsent(template.factor(), f -> template.dimension());
        if (dimension != template.dimension()) {
          throw new InvalidRequest(
              "a template of this gallery has %d numbers, not %d"
                  .formatted(dimension, template.dimension()));
        }
      }
    }
  }

  private static Stream<Object> touches(Write write) {
    Stream<OperationId> operation = Stream.of(write.operation().id());
    Stream<SubjectId> subjects = write.effects().stream().map(Write.Effect::subject);
    Stream<Object> companions =
        write.companions().stream()
            .map(
                companion ->
                    switch (companion) {
                      case Write.Keep(var erasure) -> erasure;
                      case Write.Erase(var erasure) -> erasure;
                      case Write.Bind(var identifier) -> identifier.userIdentifier();
                      case Write.RecordBundle _ -> Write.RecordBundle.class;
                    });
    return Stream.of(operation, subjects, companions).flatMap(part -> part);
  }

  /** Returns one commit of all added writes. */
  Commit commit(GalleryId gallery, String epoch, LogEntry.Stamp stamp) {
    return new Commit(gallery, position(), epoch, count, dimensions(), writes, stamp);
  }

  /** A commit of plans that search: the state of the gallery after the writes planned so far. */
  static final class Seeing extends PendingCommit implements GalleryView {

    private final IndexView base;
    private final Arena arena = Arena.ofConfined();
    private final MemoryIndex planned;
    private final Map<String, Integer> left;
    private final Set<SubjectId> changed = new HashSet<>();

    /**
     * @param base the current state of the gallery
     */
    Seeing(IndexView base, ToSize sizes, GalleryLimits limits) {
      super(base.count(), sizes, limits);
      this.base = base;
      this.planned = new MemoryIndex(LogPosition.START, base.kernels(), RowMemory.of(arena));
      this.left = new HashMap<>(base.present());
    }

    @Override
    public void close() {
      arena.close();
    }

    @Override
    Write write(WritePlan plan) {
      return switch (plan) {
        case WritePlan.Seeing seeing -> seeing.at(this);
        case WritePlan.Blind blind -> blind.now();
      };
    }

    @Override
    int before(Write.Effect effect) {
      return templates(effect.subject());
    }

    @Override
    void apply(List<LogChange> changes) {
      for (LogChange change : changes) {
        if (changed.add(change.subject())) {
          base.factorsOf(change.subject()).forEach(f -> left.merge(f, -1, Integer::sum));
        }
      }
      planned.apply(new LogEntry(planned.position().seq() + 1, changes));
    }

    @Override
    public LogPosition position() {
      return base.position();
    }

    @Override
    @Nullable String token() {
      return base.token();
    }

    @Override
    public long logBytes() {
      return base.logBytes();
    }

    @Override
    public Map<String, Integer> dimensions() {
      Map<String, Integer> all = new HashMap<>(planned.view().dimensions());
      base.dimensions()
          .forEach(
              (factor, dimension) -> {
                if (remains(factor)) {
                  all.put(factor, dimension);
                }
              });
      return all;
    }

    /** Returns whether a stored subject keeps a template of a factor. */
    private boolean remains(String factor) {
      return left.getOrDefault(factor, 0) > 0;
    }

    @Override
    public List<Match> search(Template probe, Weighing weighing, double atLeast, int limit) {
      List<Match> stored =
          remains(probe.factor())
              ? base.search(probe, weighing, atLeast, limit, subject -> !changed.contains(subject))
              : List.of();
      List<Match> fresh = planned.view().search(probe, weighing, atLeast, limit);
      return Stream.concat(stored.stream(), fresh.stream())
          .sorted(Match.BEST_FIRST)
          .limit(limit)
          .toList();
    }

    @Override
    public OptionalDouble similarity(SubjectId subject, Template probe, Weighing weighing) {
      return newest(subject).similarity(subject, probe, weighing);
    }

    @Override
    public int templates(SubjectId subject) {
      return newest(subject).templates(subject);
    }

    @Override
    public List<Template> enrolled(SubjectId subject) {
      return newest(subject).enrolled(subject);
    }

    @Override
    public Optional<Subject> planned(SubjectId subject) {
      return writes().stream()
          .flatMap(write -> write.effects().stream())
          .filter(effect -> effect.subject().equals(subject))
          .map(effect -> effect instanceof Write.Store(var record, _) ? record : null)
          .filter(Objects::nonNull)
          .findFirst();
    }

    private IndexView newest(SubjectId subject) {
      return changed.contains(subject) ? planned.view() : base;
    }
  }

  /** A commit of plans that need no search, on the head alone. */
  static final class Blind extends PendingCommit {

    private final GalleryHead head;
    private final Map<String, Integer> dimensions;

    /**
     * @param head the current head of the gallery
     */
    Blind(GalleryHead head, ToSize sizes, GalleryLimits limits) {
      super(head.count(), sizes, limits);
      this.head = head;
      this.dimensions = new HashMap<>(head.dimensions());
    }

    @Override
    public void close() {}

    @Override
    Write write(WritePlan plan) {
      return switch (plan) {
        case WritePlan.Blind blind -> blind.now();
        case WritePlan.Seeing _ -> throw new IllegalArgumentException("the plan needs a view");
      };
    }

    @Override
    int before(Write.Effect effect) {
      Subject before = effect.before();
      return before == null ? 0 : before.templates().size();
    }

    @Override
    void apply(List<LogChange> changes) {
      changes.stream()
          .flatMap(change -> change.templates().stream())
          .forEach(template -> dimensions.put(template.factor(), template.dimension()));
    }

    @Override
    public LogPosition position() {
      return head.position();
    }

    @Override
    @Nullable String token() {
      return head.token();
    }

    /** A factor whose last template is removed keeps its dimension while others remain. */
    @Override
    public Map<String, Integer> dimensions() {
      return count() == 0 ? Map.of() : dimensions;
    }
  }
}
