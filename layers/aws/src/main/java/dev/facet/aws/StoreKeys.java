package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.crypto.Hashes;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.ImageKey;
import dev.facet.core.jobs.JobId;
import dev.facet.core.keys.KeyId;
import dev.facet.core.subjects.SubjectId;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys of all stored items and objects, in one place.
 *
 * <p>A key consists of fixed words, the generated application id and the hex SHA-256 of any text
 * that a caller may have chosen. Callers' text never becomes part of a key, so no choice of text
 * reaches data of another application, and a key does not reveal the text behind it.
 *
 * <p>The prefixes are a stored format, and the functions' permissions for leading keys name them.
 */
public final class StoreKeys {

  /** Prefix of the partitions of galleries' logs and heads. */
  public static final String GALLERY_PREFIX = "gallery#";

  /** Prefix of the partitions of subjects. */
  public static final String SUBJECT_PREFIX = "subject#";

  /** Prefix of the partitions of callers' identifiers of people. */
  public static final String IDENTIFIER_PREFIX = "identifier#";

  /** Prefix of the partitions of operation records, which make commands idempotent. */
  public static final String OPERATION_PREFIX = "op#";

  /** Prefix of the partitions of job outcomes. */
  public static final String JOB_PREFIX = "job#";

  /** Prefix of the partitions of applications' settings. */
  public static final String APPLICATION_PREFIX = "application#";

  /** Prefix of the partitions of usage plans. */
  public static final String PLAN_PREFIX = "plan#";

  /** Prefix of the partitions of usage counts. */
  public static final String USAGE_PREFIX = "usage#";

  /** The sort key, among the periods of a key's usage, of its token bucket. */
  public static final String USAGE_BUCKET = "bucket";

  /** Prefix of the keys of API key records, in the table of keys. */
  public static final String KEY_PREFIX = "key#";

  /** Prefix of the partitions of erasure records. */
  public static final String ERASURE_PREFIX = "erasure#";

  /** Prefix of the partitions of notes of templates to erase from galleries' logs. */
  public static final String LOG_ERASURE_PREFIX = "log-erasure#";

  /** The partition of the item that closes the data table while it is restored. */
  public static final String RESTORE = "restore";

  /** Prefix of the partitions of deletions, in the ledger. */
  public static final String DELETION_PREFIX = "deletion#";

  private static final String LOG_PREFIX = "log#";

  /** The sort key of items that have a partition to themselves. */
  public static final String SINGLE = "-";

  /** The sort key of a gallery's head; it sorts after all log entries. */
  public static final String HEAD = LOG_PREFIX + "~head";

  /** The number of partitions over which the notes of image erasures are spread. */
  public static final int ERASURE_SHARDS = 16;

  private StoreKeys() {}

  /** Returns the partition of a gallery's log and head. */
  public static String gallery(GalleryId gallery) {
    return GALLERY_PREFIX + gallery.application() + "#" + hash(gallery.space());
  }

  /** Returns the partition of the record of an application's image gallery. */
  public static String imageGallery(ApplicationId application) {
    return GALLERY_PREFIX + application + "#image";
  }

  /** Returns the sort key of a log entry, in the order of entry numbers. */
  public static String logEntry(long seq) {
    return LOG_PREFIX + "%019d".formatted(seq);
  }

  /** Returns the partition of a subject of a gallery. */
  public static String subject(GalleryId gallery, SubjectId subject) {
    return subjects(gallery) + hash(subject.value());
  }

  /** Returns the beginning of the partitions of a gallery's subjects. */
  static String subjects(GalleryId gallery) {
    return SUBJECT_PREFIX + "%s#%s#".formatted(gallery.application(), hash(gallery.space()));
  }

  /** Returns the partition of the binding of a caller's own name for a person. */
  public static String identifier(ApplicationId application, String userIdentifier) {
    return IDENTIFIER_PREFIX + application + "#" + hash(userIdentifier);
  }

  /** Returns the partition of the record of an operation. */
  public static String operation(ApplicationId application, OperationId operation) {
    return OPERATION_PREFIX + application + "#" + hash(operation.value());
  }

  /** Returns the partition of the outcome of a job. */
  public static String job(JobId job) {
    return JOB_PREFIX + job.application() + "#" + hash(job.text());
  }

  /** Returns the partition of an application's settings. */
  public static String application(ApplicationId application) {
    return APPLICATION_PREFIX + application;
  }

  /** Returns the partition of a usage plan. */
  public static String plan(String plan) {
    return PLAN_PREFIX + hash(plan);
  }

  /** Returns the partition of the usage counts of an API key; the sort keys are its periods. */
  public static String usage(UUID keyRecord) {
    return USAGE_PREFIX + keyRecord;
  }

  /** Returns the partition of the record of an API key. */
  public static String key(KeyId key) {
    return KEY_PREFIX + key.hex();
  }

  /** Returns the partition of an erasure shard, 0..15. */
  public static String erasures(int shard) {
    return ERASURE_PREFIX + Integer.toHexString(shard);
  }

  /** Returns the shard, 0..15, that holds the note of an image's erasure. */
  public static int erasureShard(ImageKey image) {
    return Character.digit(hash(image.version()).charAt(0), 16);
  }

  /** Returns the sort key of an erasure, in the order of due times. */
  public static String erasure(long dueEpochSecond, ImageKey image) {
    return "%012d#%s".formatted(dueEpochSecond, hash(imageObject(image)));
  }

  /** Returns the partition of a shard, 0..15, of the notes of templates to erase from logs. */
  public static String logErasures(int shard) {
    return LOG_ERASURE_PREFIX + Integer.toHexString(shard);
  }

  /** Returns the shard, 0..15, that holds a gallery's notes of templates to erase. */
  public static int logErasureShard(GalleryId gallery) {
    return Character.digit(hash(gallery(gallery)).charAt(0), 16);
  }

  /**
   * Returns the sort key of the note of a commit's templates to erase, in the order of due times.
   */
  public static String logErasure(long dueEpochSecond, GalleryId gallery, long commit) {
    return "%012d#%s#%019d".formatted(dueEpochSecond, hash(gallery(gallery)), commit);
  }

  /** Returns the partition of a gallery's deletions, in the ledger. */
  public static String deletions(GalleryId gallery) {
    return DELETION_PREFIX + gallery.application() + "#" + hash(gallery.space());
  }

  /** Returns the sort key of the deletions of a commit, in the order of times. */
  public static String deletion(long epochMilli, String token) {
    return "%015d#%s".formatted(epochMilli, token);
  }

  /** Returns the partition of the erasure of an application, in the ledger. */
  public static String erasedApplication(ApplicationId application) {
    return DELETION_PREFIX + application;
  }

  /** Returns a sort key after all erasures that are due at this time and before all later ones. */
  public static String erasuresUntil(long epochSecond) {
    return "%012d~".formatted(epochSecond);
  }

  /**
   * Returns the object key of an original: {@code application/id/version}. The id is generated by
   * this service and never a caller's text, because only enrolled subjects have images.
   */
  public static String imageObject(ImageKey image) {
    return images(image.application()) + image.subject().value() + "/" + image.version();
  }

  /** Returns the original that an object key names; empty if it names none. */
  static Optional<ImageKey> image(String object) {
    String[] parts = object.split("/", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ImageKey(ApplicationId.parse(parts[0]), new SubjectId(parts[1]), parts[2]));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /** Returns the prefix of the object keys of an application's originals. */
  public static String images(ApplicationId application) {
    return application + "/";
  }

  /** Returns the application that a partition names after its prefix. */
  static ApplicationId applicationOf(String prefix, String partition) {
    int from = prefix.length();
    int end = partition.indexOf('#', from);
    return ApplicationId.parse(partition.substring(from, end < 0 ? partition.length() : end));
  }

  private static String hash(String text) {
    return Hashes.sha256Hex(text);
  }
}
