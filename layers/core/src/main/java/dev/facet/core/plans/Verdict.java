package dev.facet.core.plans;

/** Whether a request may pass. */
public enum Verdict {
  /** It may. */
  ADMITTED,
  /** Too many came at once. */
  THROTTLED,
  /** The period's quota is used up. */
  QUOTA_SPENT
}
