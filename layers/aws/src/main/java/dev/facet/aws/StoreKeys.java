package dev.facet.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.images.ImageKey;
import dev.facet.core.jobs.JobId;
import dev.facet.core.keys.KeyId;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The names of all stored things, in one place.
 *
 * <p>A name consists of fixed words, the generated application id and hex SHA-256 of any text that
 * a caller may have chosen. Nothing of a caller's is ever joined into a name, so no choice of text
 * reaches another application's things, and no name says what it hides.
 */
public final class StoreKeys {

  /** The sort key of things that have a partition to themselves. */
  public static final String SINGLE = "-";

  /** The sort key of a gallery's head: after all of its log entries. */
  public static final String HEAD = "log#~head";

  /** Into how many partitions the notes of images to be erased are spread. */
  public static final int ERASURE_SHARDS = 16;

  private StoreKeys() {}

  /** The partition of a gallery's log and head. */
  public static String gallery(GalleryId gallery) {
    return "gallery#" + gallery.application() + "#" + hash(gallery.space());
  }

  /** The sort key of a log entry: sorts as its number does. */
  public static String logEntry(long seq) {
    return "log#%019d".formatted(seq);
  }

  /** A subject of a gallery. */
  public static String subject(GalleryId gallery, SubjectId subject) {
    return "subject#%s#%s#%s"
        .formatted(gallery.application(), hash(gallery.space()), hash(subject.value()));
  }

  /** What is bound to a caller's own name for a person. */
  public static String identifier(ApplicationId application, String userIdentifier) {
    return "identifier#" + application + "#" + hash(userIdentifier);
  }

  /** The record of an operation. */
  public static String operation(ApplicationId application, OperationId operation) {
    return "op#" + application + "#" + hash(operation.value());
  }

  /** What became of a job. */
  public static String job(JobId job) {
    return "job#" + job.application() + "#" + hash(job.text());
  }

  /** An application's settings. */
  public static String application(ApplicationId application) {
    return "application#" + application;
  }

  /** How much the keys of a usage plan may be used. */
  public static String plan(String plan) {
    return "plan#" + hash(plan);
  }

  /** How much an API key was used; its periods are the sort keys. */
  public static String usage(UUID keyRecord) {
    return "usage#" + keyRecord;
  }

  /** The record of an API key. */
  public static String key(KeyId key) {
    return "key#" + key.hex();
  }

  /** One of the partitions of erasures, 0..15. */
  public static String erasures(int shard) {
    return "erasure#" + Integer.toHexString(shard);
  }

  /** The partition, 0..15, that an image's erasure is noted in. */
  public static int erasureShard(ImageKey image) {
    return Character.digit(hash(image.version()).charAt(0), 16);
  }

  /** The sort key of an erasure: sorts by when it is due. */
  public static String erasure(long dueEpochSecond, ImageKey image) {
    return "%012d#%s".formatted(dueEpochSecond, hash(imageObject(image)));
  }

  /** Sorts after all erasures that are due at this time, and before all later ones. */
  public static String erasuresUntil(long epochSecond) {
    return "%012d~".formatted(epochSecond);
  }

  /**
   * The object that holds an original: {@code application/id/version}. The id is one that we made,
   * never a caller's text: only an enrolled subject has an image.
   */
  public static String imageObject(ImageKey image) {
    return image.application() + "/" + image.subject().value() + "/" + image.version();
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
