package dev.facet.core.plans;

/**
 * The stored copy of a usage plan.
 *
 * @param plan the plan as the gateway had it
 * @param state decides whether keys may join it
 */
public record PlanRecord(UsagePlan plan, State state) {

  /** The states of a plan; a plan that is {@link #DELETING} stays so until it is gone. */
  public enum State {
    /** Keys may join. */
    OPEN,
    /** No key may join while a deletion counts the keys on the plan. */
    CLOSING,
    /** The deletion is certain. */
    DELETING
  }

  /** Returns the record of a plan that keys may join. */
  public static PlanRecord open(UsagePlan plan) {
    return new PlanRecord(plan, State.OPEN);
  }

  /** Returns the same plan in another state. */
  public PlanRecord in(State next) {
    return new PlanRecord(plan, next);
  }
}
