package dev.facet.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

/**
 * The permissions and the hourly schedule of the function that completes or rolls back creations
 * and deletions of API keys after a crash. It may list all keys of the account and Region, and add
 * them to plans, and delete those with Facet's tag. It may not create any. IAM cannot separate a
 * listing of keys from one with their values ({@code includeValues}), so whoever takes the function
 * over can read them; the setting {@code repair} leaves it out.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html">GetApiKeys</a>
 */
record RepairSchedule(DataStores stores) {

  /** The tag that every key of ours has in API Gateway. */
  static final String KEY_TAG = "facet:record";

  void grantRepair(HandlerFunction repairing) {
    FunctionRole permissions = repairing.permissions();
    permissions.grant(
        List.of("dynamodb:GetItem", "dynamodb:Scan", "dynamodb:PutItem", "dynamodb:DeleteItem"),
        stores.keys().getTableArn());
    permissions.grantKey(FunctionRole.WRITE_KEY_ACTIONS, stores.key().getKeyArn(), "dynamodb");
    permissions.grant(List.of("apigateway:GET"), gateway(repairing, "/apikeys"));
    permissions.grant(List.of("apigateway:GET"), gateway(repairing, "/usageplans"));
    permissions.grant(
        List.of("apigateway:DELETE"),
        gateway(repairing, "/apikeys/*"),
        Map.of("Null", Map.of("aws:ResourceTag/" + KEY_TAG, "false")));
    permissions.grant(List.of("apigateway:POST"), gateway(repairing, "/usageplans/*/keys"));
    permissions.suppressWildcardFinding(
        "/^Resource::arn:.*:apigateway:.*::/(apikeys|usageplans)/\\*/",
        "API Gateway names keys and plans when they are made, after the stack.");
    repairing.schedule("EveryHour", Duration.hours(1));
  }

  private static String gateway(HandlerFunction of, String path) {
    Stack stack = Stack.of(of);
    return "arn:%s:apigateway:%s::%s".formatted(stack.getPartition(), stack.getRegion(), path);
  }
}
