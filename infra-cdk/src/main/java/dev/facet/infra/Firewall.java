package dev.facet.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.wafv2.CfnLoggingConfiguration;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/** AWS WAF in front of the API: a rate limit by IP address and, optionally, AWS's common rules. */
final class Firewall extends Construct {

  /**
   * Rules that mistake a base64 photo for an attack, or reject its size; they only count requests.
   */
  private static final List<String> BLIND_TO_PHOTOS =
      List.of(
          "SizeRestrictions_BODY",
          "CrossSiteScripting_BODY",
          "GenericLFI_BODY",
          "GenericRFI_BODY",
          "EC2MetaDataSSRF_BODY");

  private static final String TOO_MANY_REQUESTS = "too-many-requests";

  /** The beginning of the name of a log group that AWS WAF may write. */
  private static final String LOG_PREFIX = "aws-waf-logs-";

  Firewall(Construct scope, DeploymentSettings settings, String stageArn) {
    super(scope, "Firewall");
    DeploymentSettings.Access access = settings.access();
    List<CfnWebACL.RuleProperty> rules = new ArrayList<>();
    rules.add(rate(access.wafRate()));
    if (access.waf() == DeploymentSettings.Waf.COMMON) {
      rules.add(common());
    }
    CfnWebACL list =
        CfnWebACL.Builder.create(this, "List")
            .scope("REGIONAL")
            .defaultAction(
                CfnWebACL.DefaultActionProperty.builder()
                    .allow(CfnWebACL.AllowActionProperty.builder().build())
                    .build())
            .rules(rules)
            .customResponseBodies(
                Map.of(
                    TOO_MANY_REQUESTS,
                    CfnWebACL.CustomResponseBodyProperty.builder()
                        .contentType("APPLICATION_JSON")
                        .content("{\"message\":\"Too Many Requests\"}")
                        .build()))
            .visibilityConfig(visibility("facet"))
            .build();
    CfnWebACLAssociation.Builder.create(this, "Association")
        .resourceArn(stageArn)
        .webAclArn(list.getAttrArn())
        .build();
    log(settings, list);
  }

  /** Logs the requests that were not admitted, without what names a subject or gives access. */
  private void log(DeploymentSettings settings, CfnWebACL list) {
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName(LOG_PREFIX + settings.general().stackName())
            .retention(FunctionRole.retention(settings.storage().logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    CfnLoggingConfiguration.Builder.create(this, "Logging")
        .resourceArn(list.getAttrArn())
        .logDestinationConfigs(
            List.of(
                Stack.of(this)
                    .formatArn(
                        ArnComponents.builder()
                            .service("logs")
                            .resource("log-group")
                            .resourceName(log.getLogGroupName())
                            .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                            .build())))
        .redactedFields(
            List.of(
                header("authorization"),
                header("x-api-key"),
                header("x-amz-security-token"),
                CfnLoggingConfiguration.FieldToMatchProperty.builder().uriPath(Map.of()).build(),
                CfnLoggingConfiguration.FieldToMatchProperty.builder()
                    .queryString(Map.of())
                    .build()))
        .loggingFilter(admittedRequestsDropped())
        .build();
  }

  private static CfnLoggingConfiguration.FieldToMatchProperty header(String name) {
    return CfnLoggingConfiguration.FieldToMatchProperty.builder()
        .singleHeader(Map.of("Name", name))
        .build();
  }

  /** Returns a filter, which the CDK has no type for, in CloudFormation's names. */
  private static Map<String, Object> admittedRequestsDropped() {
    // sorted: the order is part of the template, and Map.of has another in each process
    Map<String, Object> kept = new TreeMap<>();
    kept.put("Behavior", "KEEP");
    kept.put("Requirement", "MEETS_ANY");
    kept.put("Conditions", List.of(action("BLOCK"), action("COUNT")));
    Map<String, Object> filter = new TreeMap<>();
    filter.put("DefaultBehavior", "DROP");
    filter.put("Filters", List.of(kept));
    return filter;
  }

  private static Map<String, Object> action(String action) {
    return Map.of("ActionCondition", Map.of("Action", action));
  }

  private static CfnWebACL.RuleProperty rate(int requests) {
    return CfnWebACL.RuleProperty.builder()
        .name("rate")
        .priority(0)
        .statement(
            CfnWebACL.StatementProperty.builder()
                .rateBasedStatement(
                    CfnWebACL.RateBasedStatementProperty.builder()
                        .aggregateKeyType("IP")
                        .limit(requests)
                        .build())
                .build())
        .action(
            CfnWebACL.RuleActionProperty.builder()
                .block(
                    CfnWebACL.BlockActionProperty.builder()
                        .customResponse(
                            CfnWebACL.CustomResponseProperty.builder()
                                .responseCode(429)
                                .customResponseBodyKey(TOO_MANY_REQUESTS)
                                .responseHeaders(
                                    List.of(
                                        CfnWebACL.CustomHTTPHeaderProperty.builder()
                                            .name("Retry-After")
                                            .value("60")
                                            .build()))
                                .build())
                        .build())
                .build())
        .visibilityConfig(visibility("rate"))
        .build();
  }

  private static CfnWebACL.RuleProperty common() {
    return CfnWebACL.RuleProperty.builder()
        .name("common")
        .priority(1)
        .statement(
            CfnWebACL.StatementProperty.builder()
                .managedRuleGroupStatement(
                    CfnWebACL.ManagedRuleGroupStatementProperty.builder()
                        .vendorName("AWS")
                        .name("AWSManagedRulesCommonRuleSet")
                        .ruleActionOverrides(
                            BLIND_TO_PHOTOS.stream().map(Firewall::onlyCounting).toList())
                        .build())
                .build())
        .overrideAction(CfnWebACL.OverrideActionProperty.builder().none(Map.of()).build())
        .visibilityConfig(visibility("common"))
        .build();
  }

  private static CfnWebACL.RuleActionOverrideProperty onlyCounting(String rule) {
    return CfnWebACL.RuleActionOverrideProperty.builder()
        .name(rule)
        .actionToUse(
            CfnWebACL.RuleActionProperty.builder()
                .count(CfnWebACL.CountActionProperty.builder().build())
                .build())
        .build();
  }

  /** Enables metrics but no samples: a sample shows a request's headers, including the API key. */
  private static CfnWebACL.VisibilityConfigProperty visibility(String metric) {
    return CfnWebACL.VisibilityConfigProperty.builder()
        .cloudWatchMetricsEnabled(true)
        .metricName(metric)
        .sampledRequestsEnabled(false)
        .build();
  }
}
