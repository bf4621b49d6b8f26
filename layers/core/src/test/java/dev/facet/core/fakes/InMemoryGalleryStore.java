package dev.facet.core.fakes;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.ApplicationContents.Content;
import dev.facet.core.erasure.ApplicationContents.Kind;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.LogChange;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogErasure;
import dev.facet.core.gallery.LogErasureStore;
import dev.facet.core.gallery.LogPage;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Write;
import dev.facet.core.gallery.WriteSize;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.Erasure;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link GalleryStore} with its erasures in memory, under one lock. */
public final class InMemoryGalleryStore implements GalleryStore, ErasureStore, LogErasureStore {

  private static final int PAGE = 50;

  private final InstantSource clock;
  private final Map<GalleryId, GalleryHead> heads = new HashMap<>();
  private final Map<GalleryId, TreeMap<Long, LogEntry>> logs = new HashMap<>();
  private final Map<List<Record>, Subject> subjects = new HashMap<>();
  private final Map<String, Identifier> identifiers = new HashMap<>();
  private final Map<List<Record>, Operation> operations = new HashMap<>();
  private final Map<ApplicationId, String> imageBundles = new HashMap<>();
  private final Set<Erasure> erasures = new HashSet<>();
  private final Set<LogErasure> logErasures = new HashSet<>();

  /**
   * @param clock tells which operations have expired
   */
  public InMemoryGalleryStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized GalleryHead head(GalleryId gallery, Instant deadline) {
    return heads.getOrDefault(gallery, GalleryHead.NONE);
  }

  @Override
  public synchronized LogPage log(GalleryId gallery, long from, Instant deadline) {
    TreeMap<Long, LogEntry> log = logs.getOrDefault(gallery, new TreeMap<>());
    List<LogEntry> entries = log.tailMap(from).values().stream().limit(PAGE).toList();
    boolean last = entries.size() < PAGE || entries.getLast().seq() == log.lastKey();
    return new LogPage(entries, last ? head(gallery, deadline) : null);
  }

  @Override
  public synchronized Optional<Subject> subject(
      GalleryId gallery, SubjectId subject, Instant deadline) {
    return Optional.ofNullable(subjects.get(List.of(gallery, subject)));
  }

  @Override
  public synchronized Optional<Identifier> identifier(
      ApplicationId application, String userIdentifier, Instant deadline) {
    return Optional.ofNullable(identifiers.get(key(application, userIdentifier)));
  }

  @Override
  public synchronized Optional<Operation> operation(
      ApplicationId application, OperationId operation, Instant deadline) {
    return Optional.ofNullable(operations.get(List.of(application, operation)))
        .filter(record -> clock.instant().isBefore(record.expires()));
  }

  @Override
  public synchronized Optional<Operation> record(
      ApplicationId application, Operation operation, Instant deadline) {
    Optional<Operation> before = operation(application, operation.id(), deadline);
    if (before.isEmpty()) {
      operations.put(List.of(application, operation.id()), operation);
    }
    return before;
  }

  @Override
  public synchronized Optional<String> imageBundle(ApplicationId application, Instant deadline) {
    return Optional.ofNullable(imageBundles.get(application));
  }

  @Override
  public synchronized String recordImageBundle(
      ApplicationId application, String bundle, Instant deadline) {
    String before = imageBundles.putIfAbsent(application, bundle);
    return before == null ? bundle : before;
  }

  /** Counts the templates' bytes, as this store limits nothing by itself. */
  @Override
  public WriteSize size(GalleryId gallery, Write write) {
    long templates =
        write.effects().stream()
            .flatMap(effect -> effect.change().templates().stream())
            .mapToLong(template -> (long) Float.BYTES * template.dimension())
            .sum();
    int items = 1 + write.effects().size() + write.companions().size();
    return new WriteSize(items, templates, 2 * templates, templates);
  }

  @Override
  public synchronized CommitOutcome commit(Commit commit, Instant deadline) {
    refuseRepetitions(commit);
    Map<OperationId, Operation> done = new HashMap<>();
    Set<OperationId> failed = new HashSet<>();
    for (Write write : commit.writes()) {
      OperationId id = write.operation().id();
      operation(commit.gallery().application(), id, deadline)
          .ifPresent(operation -> done.put(id, operation));
      if (!write.companions().stream().allMatch(companion -> holds(commit.gallery(), companion))) {
        failed.add(id);
      }
    }
    if (!done.isEmpty()) {
      return new CommitOutcome.OperationsDone(done);
    }
    if (!head(commit.gallery(), deadline).position().equals(commit.expected())) {
      return new CommitOutcome.HeadMoved();
    }
    if (!commit.writes().stream()
        .flatMap(write -> write.effects().stream())
        .allMatch(effect -> holds(commit.gallery(), effect))) {
      return new CommitOutcome.HeadMoved();
    }
    if (!failed.isEmpty()) {
      return new CommitOutcome.ConditionFailed(failed);
    }
    apply(commit, deadline);
    return new CommitOutcome.Committed();
  }

  /** As DynamoDB does, which refuses a transaction that touches an item twice. */
  private static void refuseRepetitions(Commit commit) {
    List<Object> touched =
        commit.writes().stream()
            .flatMap(
                write ->
                    Stream.of(
                            Stream.of(write.operation().id()),
                            write.effects().stream().map(Write.Effect::subject),
                            write.companions().stream())
                        .<Object>flatMap(part -> part))
            .toList();
    if (Set.copyOf(touched).size() < touched.size()) {
      throw new IllegalArgumentException("a commit touches an item twice");
    }
  }

  private boolean holds(GalleryId gallery, Write.Effect effect) {
    Subject before = effect.before();
    Subject stored = subjects.get(List.of(gallery, effect.subject()));
    return before == null || stored == null
        ? before == null && stored == null
        : before.seq() == stored.seq();
  }

  private boolean holds(GalleryId gallery, Write.Companion companion) {
    return switch (companion) {
      case Write.Keep(var erasure) -> erasures.contains(erasure);
      case Write.Erase(_) -> true;
      case Write.Bind(var identifier) -> follows(identifier, identifiers.get(key(identifier)));
      case Write.RecordBundle _ -> !imageBundles.containsKey(gallery.application());
    };
  }

  private static boolean follows(Identifier next, @Nullable Identifier stored) {
    return stored == null
        ? next.revision() == 1
        : next.revision() == stored.revision() + 1 && next.guid().equals(stored.guid());
  }

  private static String key(Identifier identifier) {
    return key(identifier.application(), identifier.userIdentifier());
  }

  /** A generated id has no slash, so two names never share a key. */
  private static String key(ApplicationId application, String userIdentifier) {
    return application + "/" + userIdentifier;
  }

  private void apply(Commit commit, Instant deadline) {
    GalleryId gallery = commit.gallery();
    GalleryHead head = head(gallery, deadline);
    heads.put(
        gallery,
        new GalleryHead(
            commit.reached(),
            head.floor(),
            commit.count(),
            commit.dimensions(),
            head.snapshot(),
            commit.token(),
            head.bytes() + commit.entry().bytes()));
    logs.computeIfAbsent(gallery, k -> new TreeMap<>()).put(commit.reached().seq(), commit.entry());
    commit.erasure().ifPresent(logErasures::add);
    for (Write write : commit.writes()) {
      write.effects().forEach(effect -> apply(gallery, effect, commit.reached().seq()));
      write.companions().forEach(companion -> apply(gallery, companion));
      operations.put(List.of(gallery.application(), write.operation().id()), write.operation());
    }
  }

  private void apply(GalleryId gallery, Write.Effect effect, long seq) {
    List<Record> key = List.of(gallery, effect.subject());
    switch (effect) {
      case Write.Store(var subject, _) -> subjects.put(key, subject.storedAt(seq));
      case Write.Drop(_) -> subjects.remove(key);
    }
  }

  private void apply(GalleryId gallery, Write.Companion companion) {
    switch (companion) {
      case Write.Keep(var erasure) -> erasures.remove(erasure);
      case Write.Erase(var erasure) -> erasures.add(erasure);
      case Write.Bind(var identifier) -> {
        if (identifier.subjects().isEmpty()) {
          identifiers.remove(key(identifier));
        } else {
          identifiers.put(key(identifier), identifier);
        }
      }
      case Write.RecordBundle(var bundle) -> imageBundles.put(gallery.application(), bundle);
    }
  }

  @Override
  public synchronized List<LogErasure> pending(Instant now, int limit) {
    return logErasures.stream()
        .filter(note -> !note.due().isAfter(now))
        .sorted(Comparator.comparing(LogErasure::due))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void add(LogErasure note) {
    logErasures.add(note);
  }

  @Override
  public synchronized void remove(LogErasure note) {
    logErasures.remove(note);
  }

  @Override
  public synchronized Erased erase(GalleryId gallery, long seq, Set<SubjectId> subjects) {
    TreeMap<Long, LogEntry> log = logs.getOrDefault(gallery, new TreeMap<>());
    LogEntry entry = log.get(seq);
    if (entry == null) {
      return Erased.NOTHING;
    }
    List<LogChange> gone =
        entry.changes().stream()
            .filter(change -> !change.templates().isEmpty() && subjects.contains(change.subject()))
            .toList();
    List<LogChange> left = new ArrayList<>(entry.changes());
    left.removeAll(gone);
    log.put(seq, new LogEntry(seq, left, entry.stamp()));
    return new Erased(gone.size(), gone.stream().mapToLong(LogEntry::bytes).sum());
  }

  @Override
  public synchronized void shorten(GalleryId gallery, long bytes) {
    GalleryHead head = heads.getOrDefault(gallery, GalleryHead.NONE);
    heads.put(
        gallery,
        new GalleryHead(
            head.position(),
            head.floor(),
            head.count(),
            head.dimensions(),
            head.snapshot(),
            head.token(),
            head.bytes() - bytes));
  }

  @Override
  public synchronized void add(Erasure erasure, Instant deadline) {
    erasures.add(erasure);
  }

  @Override
  public synchronized void remove(Erasure erasure, Instant deadline) {
    erasures.remove(erasure);
  }

  @Override
  public synchronized List<Erasure> due(Instant now, int limit) {
    return erasures.stream()
        .filter(erasure -> !erasure.due().isAfter(now))
        .sorted(Comparator.comparing(Erasure::due))
        .limit(limit)
        .toList();
  }

  /** Lists what is stored of an application. */
  synchronized List<Content> contents(ApplicationId application) {
    List<Content> contents = new ArrayList<>();
    subjects.keySet().stream()
        .filter(key -> ((GalleryId) key.getFirst()).application().equals(application))
        .forEach(key -> contents.add(content(Kind.SUBJECTS, key)));
    Stream.concat(heads.keySet().stream(), logs.keySet().stream())
        .filter(gallery -> gallery.application().equals(application))
        .distinct()
        .forEach(gallery -> contents.add(content(Kind.LOGS, gallery)));
    imageBundles.keySet().stream()
        .filter(application::equals)
        .forEach(key -> contents.add(content(Kind.LOGS, key)));
    identifiers.entrySet().stream()
        .filter(entry -> entry.getValue().application().equals(application))
        .forEach(entry -> contents.add(content(Kind.IDENTIFIERS, entry.getKey())));
    operations.keySet().stream()
        .filter(key -> key.getFirst().equals(application))
        .forEach(key -> contents.add(content(Kind.OPERATIONS, key)));
    erasures.stream()
        .filter(note -> note.image().application().equals(application))
        .forEach(note -> contents.add(content(Kind.NOTES, note)));
    logErasures.stream()
        .filter(note -> note.gallery().application().equals(application))
        .forEach(note -> contents.add(content(Kind.NOTES, note)));
    return contents;
  }

  private static Content content(Kind kind, Object key) {
    return new Content(kind, List.of(key.toString()));
  }

  /** Erases one of the {@link #contents}. */
  synchronized void erase(Content content) {
    Stream.of(
            subjects.keySet(),
            heads.keySet(),
            logs.keySet(),
            imageBundles.keySet(),
            identifiers.keySet(),
            operations.keySet(),
            erasures,
            logErasures)
        .forEach(keys -> keys.removeIf(key -> content.place().contains(key.toString())));
  }
}
