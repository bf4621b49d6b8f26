package dev.facet.core.plans;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.plans.UsagePlan.Quota;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a usage plan to be created.
 *
 * @param name the display name; null for the id that the plan gets
 * @param rate sustained requests per second; &gt; 0
 * @param burst maximum number of requests at once; &ge; 1
 * @param quota maximum number of requests in a longer period; null for no quota
 * @param productCode the marketplace product code; null if the plan is not sold
 */
public record NewPlan(
    @Nullable String name,
    double rate,
    int burst,
    @Nullable Quota quota,
    @Nullable String productCode) {

  /** Checks the ranges. */
  public NewPlan {
    if (!(rate > 0 && Double.isFinite(rate))) {
      throw new InvalidRequest("rate must be above 0.");
    }
    if (burst < 1) {
      throw new InvalidRequest("burst must be 1 or more.");
    }
    if (quota != null && quota.limit() < 1) {
      throw new InvalidRequest("quota must be 1 or more.");
    }
  }

  /** Returns the plan under its assigned id. */
  public UsagePlan as(String id) {
    return new UsagePlan(id, name == null ? id : name, rate, burst, quota, productCode);
  }
}
