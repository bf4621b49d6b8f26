package dev.facet.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

/**
 * The permissions and the hourly schedule of the function that completes or rolls back creations
 * and deletions of API keys after a crash. It may add keys to plans and delete keys, but neither
 * create keys nor read their values.
 */
record RepairSchedule(DataStores stores) {

  void grantRepair(HandlerFunction repairing) {
    FunctionRole permissions = repairing.permissions();
    permissions.grant(
        List.of("dynamodb:GetItem", "dynamodb:Scan", "dynamodb:PutItem", "dynamodb:DeleteItem"),
        stores.keys().getTableArn());
    permissions.grantKey(FunctionRole.WRITE_KEY_ACTIONS, stores.key().getKeyArn(), "dynamodb");
    permissions.grant(List.of("apigateway:GET"), gateway(repairing, "/apikeys"));
    permissions.grant(List.of("apigateway:GET"), gateway(repairing, "/usageplans"));
    permissions.grant(
        List.of("apigateway:PATCH", "apigateway:DELETE"), gateway(repairing, "/apikeys/*"));
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
