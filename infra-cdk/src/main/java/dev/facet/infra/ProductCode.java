package dev.facet.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.apigateway.UsagePlan;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The AWS Marketplace product code of a usage plan. CloudFormation has no property for it, so a
 * custom resource calls the API.
 */
final class ProductCode extends Construct {

  ProductCode(Construct scope, UsagePlan plan, String code, DeploymentSettings.Storage settings) {
    super(scope, "ProductCode");
    String arn =
        "arn:%s:apigateway:%s::/usageplans/%s"
            .formatted(Aws.PARTITION, Aws.REGION, plan.getUsagePlanId());
    AwsCustomResource.Builder.create(this, "Update")
        .installLatestAwsSdk(false)
        .logGroup(
            LogGroup.Builder.create(this, "Log")
                .retention(FunctionRole.retention(settings.logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build())
        .onUpdate(
            AwsSdkCall.builder()
                .service("APIGateway")
                .action("updateUsagePlan")
                .parameters(parameters(plan, code))
                .physicalResourceId(PhysicalResourceId.of("facet-product-code"))
                .build())
        .policy(
            AwsCustomResourcePolicy.fromStatements(
                List.of(
                    PolicyStatement.Builder.create()
                        .actions(List.of("apigateway:PATCH"))
                        .resources(List.of(arn))
                        .build())))
        .build();
    String caller = "/AWS" + AwsCustomResource.PROVIDER_FUNCTION_UUID.replace("-", "");
    NagSuppressions.addResourceSuppressionsByPath(
        Stack.of(this),
        "/" + Stack.of(this).getNode().getPath() + caller,
        List.of(
            because("IAM4", "The CDK's own function; its role may only write its log."),
            because("L1", "The CDK's own function; the CDK chooses its runtime.")),
        true);
  }

  /** Returns the call's parameters; their order is part of the template and must not change. */
  private static Map<String, Object> parameters(UsagePlan plan, String code) {
    Map<String, String> change = new TreeMap<>();
    change.put("op", "replace");
    change.put("path", "/productCode");
    change.put("value", code);
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("patchOperations", List.of(change));
    parameters.put("usagePlanId", plan.getUsagePlanId());
    return parameters;
  }

  private static NagPackSuppression because(String rule, String reason) {
    return NagPackSuppression.builder().id("AwsSolutions-" + rule).reason(reason).build();
  }
}
