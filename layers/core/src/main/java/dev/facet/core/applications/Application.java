package dev.facet.core.applications;

/**
 * An application and its settings.
 *
 * @param id its generated name
 * @param qualityFloor the least {@code faceQualityScore} accepted where one face is asked for, 0..1
 * @param verifyThreshold the least score at which a 1:1 verification succeeds, 0..9999
 * @param keepImages whether originals are stored in S3
 * @param enrolAnswer what a {@code /node} enrolment answers when it had to be queued
 */
public record Application(
    ApplicationId id,
    double qualityFloor,
    int verifyThreshold,
    boolean keepImages,
    EnrolAnswer enrolAnswer) {

  /** What a {@code /node} enrolment answers when its job is not done before the deadline. */
  public enum EnrolAnswer {
    /** Await the job, then 202 with its id. */
    AWAIT,
    /** Await the job, then 500 with its id; the job stays accepted. */
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

  /** An application with the defaults: floor 0.45, threshold 7000, no images kept, await. */
  public static Application withDefaults(ApplicationId id) {
    return new Application(id, 0.45, 7000, false, EnrolAnswer.AWAIT);
  }

  /** The same application, keeping originals or not. */
  public Application keepingImages(boolean keep) {
    return new Application(id, qualityFloor, verifyThreshold, keep, enrolAnswer);
  }
}
