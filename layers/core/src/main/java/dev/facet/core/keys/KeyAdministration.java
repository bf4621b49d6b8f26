package dev.facet.core.keys;

import dev.facet.core.applications.ApplicationAdministration;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.keys.KeyLifecycle.Issued;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlans;
import java.time.Instant;
import java.util.regex.Pattern;
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

  /** The unique id of a user or a role; 16 to 128 characters in IAM. */
  private static final Pattern UNIQUE_ID = Pattern.compile("(AIDA|AROA)[A-Z0-9]{12,124}");

  /**
   * Values for parameters that an order leaves out.
   *
   * @param apiId the deployment's API
   * @param usagePlanId the plan of keys that the gateway checks; null if an order must name one
   */
  public record Defaults(String apiId, @Nullable String usagePlanId) {}

  /**
   * An order for a key.
   *
   * @param customerId a label
   * @param apiId the API; {@link NewKey#NODE} for a key that the gateway does not hold; null for
   *     the deployment's own
   * @param usagePlanId the plan; null for the default plan, or for no plan if no gateway checks the
   *     key
   * @param principal the name or ARN of the only IAM principal that may use it; null for any
   * @param principalId the unique id of that principal instead, as for one of another account
   * @param expires the time from which the key is refused; null for no expiry
   * @param application the application of the key; null for a new one
   */
  public record Order(
      @Nullable String customerId,
      @Nullable String apiId,
      @Nullable String usagePlanId,
      @Nullable String principal,
      @Nullable String principalId,
      @Nullable Instant expires,
      @Nullable ApplicationId application) {

    /** Creates an order for a key of a new application that does not expire. */
    public Order(
        @Nullable String customerId,
        @Nullable String apiId,
        @Nullable String usagePlanId,
        @Nullable String principal) {
      this(customerId, apiId, usagePlanId, principal, null, null, null);
    }
  }

  /**
   * Creates a key.
   *
   * @throws InvalidRequest if the plan, principal or application does not exist, or if the expiry
   *     is past
   */
  public Issued create(Order order) {
    String api = order.apiId() == null ? defaults.apiId() : order.apiId();
    UsagePlan plan = plan(order.usagePlanId(), api);
    String principal = principal(order);
    return keys.create(
        new NewKey(
            order.customerId(),
            api,
            plan == null ? null : plan.id(),
            plan == null ? null : plan.productCode(),
            principal,
            order.expires()),
        order.application(),
        () -> plan(order.usagePlanId(), api));
  }

  /** Returns the administration of the keys' applications. */
  public ApplicationAdministration applications() {
    return keys.applications();
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

  private @Nullable String principal(Order order) {
    String id = order.principalId();
    if (id == null) {
      return order.principal() == null ? null : principals.uniqueId(order.principal());
    }
    if (order.principal() != null) {
      throw new InvalidRequest("A key is bound by --principal or by --principal-id, not by both.");
    }
    if (!UNIQUE_ID.matcher(id).matches()) {
      throw new InvalidRequest(
          "principal-id must be a user's AIDA… or a role's AROA…, not '%s'.".formatted(id));
    }
    return id;
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
