package dev.facet.core.restore;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.erasure.DeletionLedger;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.DeletionEntry;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.Subject;
import dev.facet.core.images.Erasure;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageKey;
import dev.facet.core.images.ImageStore;
import dev.facet.core.restore.RestoredStore.Enrolled;
import dev.facet.core.retry.Retries.Pause;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The completion of a data table's restore from a backup.
 *
 * <p>A backup brings back people who were deleted after it, and need not be consistent between
 * items. So no request is admitted until this has deleted again what the {@link DeletionLedger}
 * names, and has rebuilt the log of each gallery from its subjects' records, which are the
 * authority. A new epoch makes every process load the gallery again.
 *
 * <p>Every step may be repeated. A run after a crash at any point does all of it again.
 */
public final class Restore {

  /**
   * The time for which photos without a subject are kept: another restore, to a later point, could
   * bring back the subjects.
   */
  public static final Duration ORPHANS_KEPT = Duration.ofDays(7);

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

  private final Stores stores;
  private final DeletionLedger ledger;
  private final ApplicationErasure applications;
  private final Duration wait;
  private final InstantSource clock;
  private final Pause pause;
  private final RandomGenerator random;

  /**
   * The stores of a deployment.
   *
   * @param admission closed until the restore is complete
   * @param contents the restored table
   * @param applications the applications of that table
   * @param images the photos
   * @param erasures the notes of photos to erase
   */
  public record Stores(
      Admission admission,
      RestoredStore contents,
      ApplicationStore applications,
      ImageStore images,
      ErasureStore erasures) {}

  /**
   * @param ledger what was deleted, also after the backup
   * @param applications erases applications; it need not wait
   * @param wait the time after the closing from which nothing is written any more: {@link
   *     ApplicationErasure#CACHES_EXPIRE}, or zero where no service runs
   * @param random the source of epochs and tokens
   */
  public Restore(
      Stores stores,
      DeletionLedger ledger,
      ApplicationErasure applications,
      Duration wait,
      InstantSource clock,
      Pause pause,
      RandomGenerator random) {
    this.stores = stores;
    this.ledger = ledger;
    this.applications = applications;
    this.wait = wait;
    this.clock = clock;
    this.pause = pause;
    this.random = random;
  }

  /**
   * Completes the restore, or begins it again after an interruption; then admits requests.
   *
   * @throws TransientFault if a store cannot continue now; a repetition completes the work, and no
   *     request is admitted before
   */
  public RestoreReport run() {
    awaitCaches(stores.admission().close(clock.instant()));
    RestoreReport report = new Run().complete();
    stores.admission().admit();
    return report;
  }

  private void awaitCaches(Instant closed) {
    Duration left = Duration.between(clock.instant(), closed.plus(wait));
    if (left.isPositive()) {
      try {
        pause.of(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TransientFault(
            TransientFault.Kind.TIMEOUT, "The restore was interrupted; run it again.", e);
      }
    }
  }

  /** A subject of a gallery. */
  private record Name(GalleryId gallery, SubjectId subject) {}

  /** One run. */
  private final class Run {

    private final RestoredStore contents = stores.contents();
    private final Map<Name, DeletionEntry.Ended> ended = new HashMap<>();
    private final Map<GalleryId, RebuiltLog> logs = new HashMap<>();
    private final Set<ImageKey> referenced = new HashSet<>();
    private final List<SubjectId> replaced = new ArrayList<>();
    private long subjects;
    private int deleted;
    private int spared;
    private int photos;
    private int identifiers;
    private int orphans;
    private int entries;

    RestoreReport complete() {
      try (Stream<DeletionEntry> deletions = ledger.deletions()) {
        deletions.forEach(this::note);
      }
      int erased = eraseApplications();
      contents.removeLogErasures();
      contents.galleries().forEach(this::log);
      try (Stream<Enrolled> enrolled = contents.subjects()) {
        enrolled.forEach(this::restore);
      }
      logs.values().forEach(RebuiltLog::complete);
      try (Stream<Identifier> stored = contents.identifiers()) {
        stored.forEach(this::correct);
      }
      try (Stream<ImageKey> images = contents.images()) {
        images.forEach(this::noteOrphan);
      }
      return new RestoreReport(
          logs.size(),
          subjects,
          logs.values().stream().mapToLong(RebuiltLog::templates).sum(),
          deleted,
          replaced,
          spared,
          erased,
          identifiers,
          photos,
          orphans,
          entries);
    }

    private void note(DeletionEntry entry) {
      entries++;
      entry.ended().forEach(each -> note(new Name(entry.gallery(), each.subject()), each));
    }

    /** Keeps of each subject the last version that ended: all versions before it ended too. */
    private void note(Name name, DeletionEntry.Ended version) {
      ended.merge(
          name, version, (one, other) -> one.updated().isAfter(other.updated()) ? one : other);
    }

    private int eraseApplications() {
      List<ApplicationId> again =
          ledger.erasedApplications().stream()
              .filter(id -> stores.applications().find(id).isPresent())
              .toList();
      again.forEach(applications::erase);
      return again.size();
    }

    private RebuiltLog log(GalleryId gallery) {
      return logs.computeIfAbsent(gallery, id -> new RebuiltLog(id, contents, clock, random));
    }

    private void restore(Enrolled enrolled) {
      Subject record = enrolled.record();
      DeletionEntry.Ended last = ended.get(new Name(enrolled.gallery(), record.id()));
      if (last != null && !record.updated().isAfter(last.updated())) {
        remove(enrolled, last.replaced());
        return;
      }
      if (last != null) {
        spared++;
      }
      ImageKey image = record.image();
      if (image != null) {
        referenced.add(image);
      }
      subjects++;
      log(enrolled.gallery()).add(record);
    }

    /** Erases the photo first: a run after a crash in between finds it by the record. */
    private void remove(Enrolled enrolled, boolean wasReplaced) {
      log(enrolled.gallery());
      ImageKey image = enrolled.record().image();
      if (image != null) {
        stores.images().delete(image, deadline());
        photos++;
      }
      contents.remove(enrolled.gallery(), enrolled.record().id());
      if (wasReplaced) {
        replaced.add(enrolled.record().id());
      } else {
        deleted++;
      }
    }

    /** Removes from an identifier the subjects that are gone. */
    private void correct(Identifier identifier) {
      Map<String, SubjectId> present =
          identifier.subjects().entrySet().stream()
              .filter(each -> isEnrolled(identifier.application(), each.getKey(), each.getValue()))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      if (!present.equals(identifier.subjects())) {
        contents.bind(
            new Identifier(
                identifier.application(),
                identifier.userIdentifier(),
                identifier.guid(),
                present,
                identifier.revision() + 1));
        identifiers++;
      }
    }

    private boolean isEnrolled(ApplicationId application, String space, SubjectId subject) {
      return contents.isEnrolled(new GalleryId(application, space), subject);
    }

    private void noteOrphan(ImageKey image) {
      if (!referenced.contains(image)) {
        Instant due = clock.instant().plus(ORPHANS_KEPT);
        stores.erasures().add(new Erasure(image, due), deadline());
        orphans++;
      }
    }

    private Instant deadline() {
      return clock.instant().plus(CALL_TIMEOUT);
    }
  }
}
