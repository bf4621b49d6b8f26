package dev.facet.core.plans;

/** Whether a request may pass. */
public enum UsageVerdict {
  /** It may. */
  ADMITTED,
  /** Too many came at once. */
  THROTTLED,
  /** The period's quota is used up. */
  QUOTA_SPENT
}
