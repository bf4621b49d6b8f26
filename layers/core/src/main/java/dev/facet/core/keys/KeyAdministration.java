package dev.facet.core.keys;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.KeyLifecycle.Issued;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlans;
import org.jspecify.annotations.Nullable;

/**
 * Administration of API keys and usage plans, independent of where they are stored.
 *
 * @param keys creates and deletes keys
 * @param plans the gateway's usage plans
 * @param principals the IAM principals to which keys can be bound
 * @param defaults values for parameters that an order leaves out
 */
public record KeyAdministration(
    KeyLifecycle keys, UsagePlans plans, PrincipalDirectory principals, Defaults defaults) {

  /**
   * Values for parameters that an order leaves out.
   *
   * @param apiId the deployment's API
   * @param usagePlanId the plan of keys that the gateway checks; null if an order must name one
   */
  public record Defaults(String apiId, @Nullable String usagePlanId) {}

  /**
   * An order for a key of a new application.
   *
   * @param customerId a label
   * @param apiId the API; {@link NewKey#NODE} for a key that the gateway does not hold; null for
   *     the deployment's own
   * @param usagePlanId the plan; null for the default plan, or for no plan if no gateway checks the
   *     key
   * @param principal the name or ARN of the only IAM principal that may use it; null for any
   */
  public record Order(
      @Nullable String customerId,
      @Nullable String apiId,
      @Nullable String usagePlanId,
      @Nullable String principal) {}

  /**
   * Creates a key for a new application.
   *
   * @throws InvalidRequest if the plan or the principal does not exist
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
            principal),
        () -> plan(order.usagePlanId(), api));
  }

  /**
   * Deletes a plan.
   *
   * @throws InvalidRequest if no plan has this id, if keys are on it, or if it is the default plan
   */
  public void deletePlan(String id) {
    if (id.equals(defaults.usagePlanId())) {
      throw new InvalidRequest(
          "Usage plan %s is the standard plan and cannot be deleted.".formatted(id));
    }
    plans.delete(id, () -> checkUnused(id));
  }

  private void checkUnused(String id) {
    long members = keys.list().stream().filter(key -> id.equals(key.usagePlanId())).count();
    if (members > 0) {
      throw new InvalidRequest(
          "Usage plan %s still has keys (%d); delete them first.".formatted(id, members));
    }
  }

  private @Nullable UsagePlan plan(@Nullable String ordered, String api) {
    String id = ordered == null && !api.equals(NewKey.NODE) ? defaults.usagePlanId() : ordered;
    if (id != null) {
      return plans
          .findOpen(id)
          .orElseThrow(() -> new InvalidRequest("There is no usage plan " + id + "."));
    }
    if (!api.equals(NewKey.NODE)) {
      throw new InvalidRequest("A key that the gateway checks needs a usage plan.");
    }
    return null;
  }
}
