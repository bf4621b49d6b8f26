package dev.facet.core.images;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.crypto.RandomText;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.retry.DueNotes;
import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Uploads and erases original images so that a crash at any point neither loses an image that a
 * subject refers to nor leaves an unreferenced image behind.
 *
 * <p>The image store and the database cannot change atomically, so the database holds a note of
 * every image that no subject refers to. The order for a new image: write the note of its erasure,
 * upload the image, then commit the subject and the withdrawal of the note in one transaction.
 * After a crash before the commit, the note remains and {@link #sweep} erases the upload. The order
 * for an old image: commit the subject's change and the note in one transaction, then erase the
 * image, then delete the note. After a crash in between, the sweep completes the erasure.
 *
 * <p>A note is due {@link #COMMIT_TIMEOUT} after it was written. That is far longer than any
 * request lives, so the sweep never erases an upload with a pending commit; if it did, the commit
 * would fail because its note is missing.
 */
public final class ImageKeeper {

  /** The time that an upload may wait for its commit. */
  public static final Duration COMMIT_TIMEOUT = Duration.ofHours(1);

  /** The time for the erasure of one image by the sweep. */
  private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(10);

  private final ImageStore images;
  private final ErasureStore erasures;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Retries retries;

  /** Creates a keeper over two stores. */
  public ImageKeeper(
      ImageStore images, ErasureStore erasures, InstantSource clock, RandomGenerator random) {
    this.images = images;
    this.erasures = erasures;
    this.clock = clock;
    this.random = random;
    this.retries = new Retries(clock, Thread::sleep, random);
  }

  /**
   * Uploads an original under a new version. Transient faults are retried until the deadline, so
   * that the work that precedes an upload is not repeated for them.
   *
   * @return the note that the commit which refers to the image must withdraw
   * @throws TransientFault TIMEOUT if the stores did not accept it before the deadline; an image
   *     stored nevertheless is erased by the sweep
   */
  public Erasure upload(
      ApplicationId application, SubjectId subject, byte[] image, Instant deadline) {
    String version = RandomText.hex(random, 8);
    Erasure erasure = noteFor(new ImageKey(application, subject, version));
    retries.untilTimeout(deadline, () -> erasures.add(erasure, deadline));
    retries.untilTimeout(deadline, () -> images.put(erasure.image(), image, deadline));
    return erasure;
  }

  /** Returns the note to commit together with the removal of the last reference to an image. */
  public Erasure noteFor(ImageKey image) {
    return new Erasure(image, clock.instant().plus(COMMIT_TIMEOUT));
  }

  /**
   * Erases an image that no subject refers to. A fault of a store is not a failure: the note
   * remains, and the sweep retries the erasure and reports faults.
   */
  public void erase(Erasure erasure, Instant deadline) {
    try {
      images.delete(erasure.image(), deadline);
      erasures.remove(erasure, deadline);
    } catch (TransientFault | InternalFault left) {
      // harmless: the note remains for the sweep
    }
  }

  /**
   * Erases all images that are due; it must run at least hourly. An image that cannot be erased is
   * postponed to a later run.
   *
   * @return the number of images erased
   * @throws TransientFault if a store cannot continue now; a later run completes the work
   * @throws InternalFault after the run, if an image could not be erased
   */
  public int sweep() {
    Instant now = clock.instant();
    return new DueNotes<Erasure>() {
      @Override
      public List<Erasure> due() {
        return erasures.due(now, BATCH_SIZE);
      }

      @Override
      public int work(Erasure erasure) {
        Instant deadline = soon();
        images.delete(erasure.image(), deadline);
        erasures.remove(erasure, deadline);
        return 1;
      }

      @Override
      public void postpone(Erasure erasure) {
        erasures.postpone(erasure, clock.instant().plus(COMMIT_TIMEOUT), soon());
      }
    }.workOff();
  }

  private Instant soon() {
    return clock.instant().plus(SWEEP_TIMEOUT);
  }
}
