package dev.facet.core.applications;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An application and its settings.
 *
 * @param id the generated id
 * @param qualityFloor the minimum {@code faceQualityScore} accepted where one face is required,
 *     0..1
 * @param verifyThreshold the minimum score at which a 1:1 verification succeeds, 0..9999
 * @param keepImages whether originals are stored in S3
 * @param enrolAnswer the response to a {@code /node} enrolment that had to be queued
 * @param erasingSince since when the application is being erased; null if it is not. It serves no
 *     request from then on, once caches have expired
 */
public record Application(
    ApplicationId id,
    double qualityFloor,
    int verifyThreshold,
    boolean keepImages,
    EnrolAnswer enrolAnswer,
    @Nullable Instant erasingSince) {

  /** The response to a {@code /node} enrolment when its job is not done before the deadline. */
  public enum EnrolAnswer {
    /** Awaits the job, then responds 202 with the job's id. */
    AWAIT,
    /** Awaits the job, then responds 500 with the job's id; the job stays accepted. */
    FAIL
  }

  /** Checks the ranges. */
  public Application {
    if (!(qualityFloor >= 0 && qualityFloor <= 1)) {
      throw new IllegalArgumentException("qualityFloor must be 0..1, not " + qualityFloor);
    }
    if (verifyThreshold < 0 || verifyThreshold > 9999) {
      throw new IllegalArgumentException("verifyThreshold must be 0..9999, not " + verifyThreshold);
    }
  }

  /** Creates an application that is not being erased. */
  public Application(
      ApplicationId id,
      double qualityFloor,
      int verifyThreshold,
      boolean keepImages,
      EnrolAnswer enrolAnswer) {
    this(id, qualityFloor, verifyThreshold, keepImages, enrolAnswer, null);
  }

  /**
   * Returns an application with the defaults: floor 0.45, threshold 7000, no images kept, await.
   */
  public static Application withDefaults(ApplicationId id) {
    return new Application(id, 0.45, 7000, false, EnrolAnswer.AWAIT);
  }

  /** Returns the same application, with originals kept or not. */
  public Application keepingImages(boolean keep) {
    return new Application(id, qualityFloor, verifyThreshold, keep, enrolAnswer, erasingSince);
  }

  /** Returns whether the application is being erased, so that no request may be served for it. */
  public boolean hasErasureBegun() {
    return erasingSince != null;
  }

  /** Returns the same application, being erased since a time, or since the known earlier one. */
  Application erasingSince(Instant time) {
    return hasErasureBegun()
        ? this
        : new Application(id, qualityFloor, verifyThreshold, keepImages, enrolAnswer, time);
  }
}
