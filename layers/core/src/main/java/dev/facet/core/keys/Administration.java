package dev.facet.core.keys;

import dev.facet.core.faults.InvalidRequest;
import dev.facet.core.keys.KeyLifecycle.Issued;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlans;
import org.jspecify.annotations.Nullable;

/**
 * What deployers do with keys and plans, wherever these are kept.
 *
 * @param keys makes and unmakes keys
 * @param plans the gateway's usage plans
 * @param principals whom keys can be bound to
 * @param defaults what is taken where nothing is said
 */
public record Administration(
    KeyLifecycle keys, UsagePlans plans, PrincipalDirectory principals, Defaults defaults) {

  /**
   * What is taken where nothing is said.
   *
   * @param apiId the deployment's API
   * @param usagePlanId the plan of keys that the gateway checks; null if one must be named
   */
  public record Defaults(String apiId, @Nullable String usagePlanId) {}

  /**
   * A key for a new application, as it is ordered.
   *
   * @param customerId a label
   * @param apiId the API; {@link NewKey#NODE} for a key that the gateway does not learn of; null
   *     for the deployment's own
   * @param usagePlanId the plan; null for the default, or none where no gateway checks the key
   * @param principal the name or ARN of the one IAM principal that may use it; null for any
   */
  public record Order(
      @Nullable String customerId,
      @Nullable String apiId,
      @Nullable String usagePlanId,
      @Nullable String principal) {}

  /**
   * Makes a key for a new application.
   *
   * @throws InvalidRequest if there is no such plan or principal
   */
  public Issued create(Order order) {
    String api = order.apiId() == null ? defaults.apiId() : order.apiId();
    UsagePlan plan = plan(order.usagePlanId(), api);
    String principal = order.principal() == null ? null : principals.uniqueId(order.principal());
    return keys.create(
        new NewKey(
            order.customerId(),
            api,
            plan == null ? null : plan.id(),
            plan == null ? null : plan.productCode(),
            principal));
  }

  /**
   * Removes a plan.
   *
   * @throws InvalidRequest if there is none of this id, or keys are on it, or it is the default
   */
  public void deletePlan(String id) {
    if (id.equals(defaults.usagePlanId())) {
      throw new InvalidRequest("Usage plan %s is the standard one and stays.".formatted(id));
    }
    long members = keys.list().stream().filter(key -> id.equals(key.usagePlanId())).count();
    if (members > 0) {
      throw new InvalidRequest("Usage plan %s still has keys on it: %d.".formatted(id, members));
    }
    plans.delete(id);
  }

  private @Nullable UsagePlan plan(@Nullable String ordered, String api) {
    String id = ordered == null && !api.equals(NewKey.NODE) ? defaults.usagePlanId() : ordered;
    if (id != null) {
      return plans
          .find(id)
          .orElseThrow(() -> new InvalidRequest("There is no usage plan " + id + "."));
    }
    if (!api.equals(NewKey.NODE)) {
      throw new InvalidRequest("A key that the gateway checks needs a usage plan.");
    }
    return null;
  }
}
