package dev.facet.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  Firewall(Construct scope, DeploymentSettings.Access settings, String stageArn) {
    super(scope, "Firewall");
    List<CfnWebACL.RuleProperty> rules = new ArrayList<>();
    rules.add(rate(settings.wafRate()));
    if (settings.waf() == DeploymentSettings.Waf.COMMON) {
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
            .visibilityConfig(visibility("facet"))
            .build();
    CfnWebACLAssociation.Builder.create(this, "Association")
        .resourceArn(stageArn)
        .webAclArn(list.getAttrArn())
        .build();
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
                .block(CfnWebACL.BlockActionProperty.builder().build())
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
