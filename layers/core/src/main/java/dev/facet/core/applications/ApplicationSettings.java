package dev.facet.core.applications;

import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an application to be changed; null leaves a setting as it is.
 *
 * @param qualityFloor see {@link Application}
 * @param verifyThreshold see {@link Application}
 * @param keepImages see {@link Application}
 * @param enrolAnswer see {@link Application}
 */
public record ApplicationSettings(
    @Nullable Double qualityFloor,
    @Nullable Integer verifyThreshold,
    @Nullable Boolean keepImages,
    @Nullable EnrolAnswer enrolAnswer) {

  /** No change. */
  public static final ApplicationSettings NONE = new ApplicationSettings(null, null, null, null);

  /** Checks the ranges. */
  public ApplicationSettings {
    if (qualityFloor != null && !(qualityFloor >= 0 && qualityFloor <= 1)) {
      throw new InvalidRequest("qualityFloor must be 0..1, not %s.".formatted(qualityFloor));
    }
    if (verifyThreshold != null && (verifyThreshold < 0 || verifyThreshold > 9999)) {
      throw new InvalidRequest(
          "verifyThreshold must be 0..9999, not %d.".formatted(verifyThreshold));
    }
  }

  /** Returns whether nothing is to be changed. */
  boolean isEmpty() {
    return qualityFloor == null
        && verifyThreshold == null
        && keepImages == null
        && enrolAnswer == null;
  }

  /** Returns an application with these settings. */
  Application applyTo(Application application) {
    return new Application(
        application.id(),
        qualityFloor == null ? application.qualityFloor() : qualityFloor,
        verifyThreshold == null ? application.verifyThreshold() : verifyThreshold,
        keepImages == null ? application.keepImages() : keepImages,
        enrolAnswer == null ? application.enrolAnswer() : enrolAnswer,
        application.erasingSince());
  }
}
