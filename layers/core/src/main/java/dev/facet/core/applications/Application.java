package dev.facet.core.applications;

/**
 * An application and its settings.
 *
 * @param id the generated id
 * @param qualityFloor the minimum {@code faceQualityScore} accepted where one face is required,
 *     0..1
 * @param verifyThreshold the minimum score at which a 1:1 verification succeeds, 0..9999
 * @param keepImages whether originals are stored in S3
 * @param enrolAnswer the response to a {@code /node} enrolment that had to be queued
 */
public record Application(
    ApplicationId id,
    double qualityFloor,
    int verifyThreshold,
    boolean keepImages,
    EnrolAnswer enrolAnswer) {

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

  /**
   * Returns an application with the defaults: floor 0.45, threshold 7000, no images kept, await.
   */
  public static Application withDefaults(ApplicationId id) {
    return new Application(id, 0.45, 7000, false, EnrolAnswer.AWAIT);
  }

  /** Returns the same application, with originals kept or not. */
  public Application keepingImages(boolean keep) {
    return new Application(id, qualityFloor, verifyThreshold, keep, enrolAnswer);
  }
}
