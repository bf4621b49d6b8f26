package dev.facet.core.images;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Keeps originals so that a crash at any point neither loses one that a subject refers to nor
 * leaves one behind.
 *
 * <p>Two stores can't be changed at once, so the database holds a note of every image that no
 * subject refers to. The order for a new image: note its erasure, upload it, then commit the
 * subject and the withdrawal of the note in one transaction. Stopped before the commit, the note
 * stays and {@link #sweep} erases the upload. For an old image: commit the subject's change and the
 * note in one transaction, then erase, then strike off the note. Stopped in between, the sweep
 * finishes it.
 *
 * <p>A note is due {@link #PATIENCE} after it was written, far longer than any request lives, so
 * the sweep never meets an upload whose commit is still on its way; were it to, the commit would
 * fail because its note is gone.
 */
public final class ImageKeeper {

  /** How long an upload may wait for its commit. */
  public static final Duration PATIENCE = Duration.ofHours(1);

  private static final int PAGE = 100;

  private final ImageStore images;
  private final ErasureStore erasures;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** A keeper over two stores. */
  public ImageKeeper(
      ImageStore images, ErasureStore erasures, InstantSource clock, RandomGenerator random) {
    this.images = images;
    this.erasures = erasures;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Uploads an original under a new name.
   *
   * @return the note that the commit which refers to the image must withdraw
   * @throws TransientFault when a store can't take it now; nothing is left behind
   */
  public Erasure upload(ApplicationId application, SubjectId subject, byte[] image) {
    String version = "%016x".formatted(random.nextLong());
    Erasure erasure = noteFor(new ImageKey(application, subject, version));
    erasures.add(erasure);
    images.put(erasure.image(), image);
    return erasure;
  }

  /** The note to commit together with the end of the last reference to an image. */
  public Erasure noteFor(ImageKey image) {
    return new Erasure(image, clock.instant().plus(PATIENCE));
  }

  /**
   * Erases an image that no subject refers to, now. A store that can't do so now is no failure: the
   * note stays, and the sweep comes back to it.
   */
  public void erase(Erasure erasure) {
    try {
      images.delete(erasure.image());
      erasures.remove(erasure);
    } catch (TransientFault left) {
      // the note is what makes this harmless
    }
  }

  /**
   * Erases everything that is due; run it at least hourly.
   *
   * @return how many images were erased
   * @throws TransientFault when a store can't go on now; run again later
   */
  public int sweep() {
    Instant now = clock.instant();
    int erased = 0;
    List<Erasure> due;
    do {
      due = erasures.due(now, PAGE);
      for (Erasure erasure : due) {
        images.delete(erasure.image());
        erasures.remove(erasure);
      }
      erased += due.size();
    } while (due.size() == PAGE);
    return erased;
  }
}
