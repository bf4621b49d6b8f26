package dev.facet.core.plans;

/** The decision on a request. */
public enum UsageVerdict {
  /** The request may pass. */
  ADMITTED,
  /** The request exceeds the rate and the burst. */
  THROTTLED,
  /** The quota of the period is used up. */
  QUOTA_SPENT
}
