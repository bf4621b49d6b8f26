package dev.facet.core.keys;

import dev.facet.core.plans.UsageMeter;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsageVerdict;
import java.util.Optional;
import java.util.function.Function;

/**
 * Metering by the usage plan in a key's record, for requests that carry the key in the body and so
 * bypass the gateway's own metering.
 */
public final class PlanRateLimiter implements RateLimiter {

  private final Function<String, Optional<UsagePlan>> plans;
  private final UsageMeter meter;

  /**
   * @param plans finds a plan by its id; a key without one has no limits
   * @param meter counts the requests
   */
  public PlanRateLimiter(Function<String, Optional<UsagePlan>> plans, UsageMeter meter) {
    this.plans = plans;
    this.meter = meter;
  }

  @Override
  public UsageVerdict admit(KeyGrant admission) {
    return Optional.ofNullable(admission.usagePlan())
        .flatMap(plans)
        .map(plan -> meter.admit(admission.key(), plan))
        .orElse(UsageVerdict.ADMITTED);
  }
}
