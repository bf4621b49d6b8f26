package dev.facet.local.apigateway.keys;

import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.spec.ApiSpecification;

/** The plan that a new key joins unless another is named. */
public final class DefaultUsagePlan {

  private DefaultUsagePlan() {}

  /** Returns the plan with the specification's rate and quota. */
  public static UsagePlan of(ApiSpecification specification) {
    ApiSpecification.Plan plan = specification.usagePlan();
    return new UsagePlan(
        "default",
        plan.rate(),
        plan.burst(),
        new Quota(plan.quota(), Period.valueOf(plan.period())));
  }
}
