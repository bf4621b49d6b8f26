package dev.facet.keys;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.plans.NewPlan;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.core.plans.UsagePlans;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;

/** {@link UsagePlans} in API Gateway, restricted to the plans for one stage of one API. */
public final class ApiGatewayPlans implements UsagePlans {

  private static final String NAMELESS = "facet";

  private final ApiGatewayClient client;
  private final String restApi;
  private final String stage;

  /** Creates access to the plans for a stage of an API. */
  public ApiGatewayPlans(ApiGatewayClient client, String restApi, String stage) {
    this.client = client;
    this.restApi = restApi;
    this.stage = stage;
  }

  @Override
  public List<UsagePlan> list() {
    return calling(
        () ->
            client.getUsagePlansPaginator().items().stream()
                .filter(plan -> isOurs(plan.apiStages()))
                .map(ApiGatewayPlans::from)
                .toList());
  }

  @Override
  public Optional<UsagePlan> find(String id) {
    return list().stream().filter(plan -> plan.id().equals(id)).findFirst();
  }

  @Override
  public UsagePlan create(NewPlan wanted) {
    String id = calling(() -> client.createUsagePlan(request(wanted)).id());
    String product = wanted.productCode();
    if (product != null) {
      change(id, Op.REPLACE, "/productCode", product);
    }
    return wanted.as(id);
  }

  @Override
  public Optional<UsagePlan> findOpen(String id) {
    return find(id);
  }

  /** Deletes a plan; API Gateway itself can't keep keys from joining during the check. */
  @Override
  public void delete(String id, Runnable check) {
    if (find(id).isEmpty()) {
      throw new InvalidRequest("There is no usage plan " + id + ".");
    }
    check.run();
    // API Gateway does not delete a plan while it is attached to a stage
    change(id, Op.REMOVE, "/apiStages", restApi + ":" + stage);
    calling(() -> deleted(id));
  }

  private CreateUsagePlanRequest request(NewPlan wanted) {
    Quota quota = wanted.quota();
    return CreateUsagePlanRequest.builder()
        .name(wanted.name() == null ? NAMELESS : wanted.name())
        .throttle(throttle -> throttle.rateLimit(wanted.rate()).burstLimit(wanted.burst()))
        .quota(quota == null ? null : settings(quota))
        .apiStages(ApiStage.builder().apiId(restApi).stage(stage).build())
        .build();
  }

  private void change(String id, Op op, String path, String value) {
    PatchOperation change = PatchOperation.builder().op(op).path(path).value(value).build();
    calling(() -> client.updateUsagePlan(plan -> plan.usagePlanId(id).patchOperations(change)));
  }

  private boolean deleted(String id) {
    try {
      client.deleteUsagePlan(delete -> delete.usagePlanId(id));
      return true;
    } catch (NotFoundException gone) {
      return false;
    }
  }

  private boolean isOurs(List<ApiStage> stages) {
    return stages.stream().anyMatch(at -> restApi.equals(at.apiId()) && stage.equals(at.stage()));
  }

  /**
   * Converts a plan. A missing throttle becomes unlimited, since only the account's limits apply
   * then.
   */
  private static UsagePlan from(software.amazon.awssdk.services.apigateway.model.UsagePlan plan) {
    ThrottleSettings throttle = plan.throttle();
    return new UsagePlan(
        plan.id(),
        plan.name(),
        throttle == null || throttle.rateLimit() == null
            ? Double.POSITIVE_INFINITY
            : throttle.rateLimit(),
        throttle == null || throttle.burstLimit() == null
            ? Integer.MAX_VALUE
            : throttle.burstLimit(),
        quota(plan.quota()),
        plan.productCode());
  }

  private static @Nullable Quota quota(@Nullable QuotaSettings settings) {
    return settings == null || settings.limit() == null
        ? null
        : new Quota(settings.limit(), Period.valueOf(settings.periodAsString()));
  }

  private static QuotaSettings settings(Quota quota) {
    return QuotaSettings.builder()
        .limit(Math.toIntExact(quota.limit()))
        .period(quota.period().name())
        .build();
  }
}
