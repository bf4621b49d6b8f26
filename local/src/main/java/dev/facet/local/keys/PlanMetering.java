package dev.facet.local.keys;

import dev.facet.core.keys.Admission;
import dev.facet.core.keys.Metering;
import dev.facet.core.keys.UsagePlans;
import java.util.Optional;

/**
 * Holds keys to the gateway's plans where they come past it, in the body: with the gateway's own
 * meter, so that a key has one bucket and one quota, whatever it is used for.
 */
public final class PlanMetering implements Metering {

  private final UsagePlans plans;
  private final UsageMeter meter;

  /** A metering by these plans; a key without a plan has no limits. */
  public PlanMetering(UsagePlans plans, UsageMeter meter) {
    this.plans = plans;
    this.meter = meter;
  }

  @Override
  public Verdict admit(Admission admission) {
    return Optional.ofNullable(admission.usagePlan())
        .flatMap(plans::find)
        .map(plan -> verdict(meter.admit(admission.key(), plan)))
        .orElse(Verdict.ADMITTED);
  }

  private static Verdict verdict(UsageMeter.Verdict gateways) {
    return switch (gateways) {
      case ADMITTED -> Verdict.ADMITTED;
      case THROTTLED -> Verdict.THROTTLED;
      case QUOTA_SPENT -> Verdict.QUOTA_SPENT;
    };
  }
}
