package dev.facet.core.plans;

import dev.facet.core.faults.InvalidRequest;
import dev.facet.core.plans.UsagePlan.Quota;
import org.jspecify.annotations.Nullable;

/**
 * What a deployer says of a usage plan to be made.
 *
 * @param name what people call it; null for the id that it gets
 * @param rate requests a second, sustained; &gt; 0
 * @param burst requests at once; &ge; 1
 * @param quota how many in a longer period; null for any number
 * @param productCode what it is sold as in the marketplace; null if it is not
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

  /** The plan, once it has an id. */
  public UsagePlan as(String id) {
    return new UsagePlan(id, name == null ? id : name, rate, burst, quota, productCode);
  }
}
