package dev.facet.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The role and the log group of a function. The role may write that log and X-Ray traces; callers
 * add all other permissions.
 */
final class FunctionRole extends Construct {

  /**
   * The KMS actions that a service needs of callers that write under a customer managed key.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html">DynamoDB
   *     and KMS</a>
   */
  static final List<String> WRITE_KEY_ACTIONS =
      List.of(
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:GenerateDataKey",
          "kms:DescribeKey");

  private final Role role;
  private final LogGroup log;

  FunctionRole(Construct scope, DeploymentSettings.Storage settings) {
    super(scope, "Permissions");
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    log =
        LogGroup.Builder.create(this, "Log")
            .retention(retention(settings.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    log.grantWrite(role);
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-IAM5")
                .reason(
                    "X-Ray's actions know no resources; the lambda function's own tracing needs"
                        + " them.")
                .appliesTo(List.of("Resource::*"))
                .build()),
        true);
  }

  Role role() {
    return role;
  }

  LogGroup log() {
    return log;
  }

  /** Allows actions on a resource. */
  void grant(List<String> actions, String resource) {
    role.addToPolicy(
        PolicyStatement.Builder.create().actions(actions).resources(List.of(resource)).build());
  }

  /** Allows actions on a resource under conditions. */
  void grant(List<String> actions, String resource, Map<String, Object> conditions) {
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(actions)
            .resources(List.of(resource))
            // sorted: the order is part of the template, and Map.of has another in each process
            .conditions(new TreeMap<>(conditions))
            .build());
  }

  /** Returns conditions that limit access to the items of these partitions. */
  static Map<String, Object> keyed(String... partitions) {
    return new TreeMap<>(
        Map.of(
            "ForAllValues:StringLike",
            Map.of("dynamodb:LeadingKeys", List.of(partitions)),
            // without it, ForAllValues also holds for a request that has no key
            "Null",
            Map.of("dynamodb:LeadingKeys", "false")));
  }

  /** Allows the use of a KMS key through services only, never on data that the function holds. */
  void grantKey(List<String> actions, String key, String... services) {
    String region = Stack.of(this).getRegion();
    List<String> through =
        List.of(services).stream()
            .map(service -> service + "." + region + ".amazonaws.com")
            .toList();
    grant(actions, key, Map.of("StringEquals", Map.of("kms:ViaService", through)));
  }

  /** Suppresses the finding about a wildcard, with a reason. */
  void suppressWildcardFinding(String pattern, String reason) {
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-IAM5")
                .reason(reason)
                .appliesTo(List.of(RegexAppliesTo.builder().regex(pattern).build()))
                .build()),
        true);
  }

  static RetentionDays retention(int days) {
    return switch (days) {
      case 1 -> RetentionDays.ONE_DAY;
      case 3 -> RetentionDays.THREE_DAYS;
      case 5 -> RetentionDays.FIVE_DAYS;
      case 7 -> RetentionDays.ONE_WEEK;
      case 14 -> RetentionDays.TWO_WEEKS;
      case 30 -> RetentionDays.ONE_MONTH;
      case 60 -> RetentionDays.TWO_MONTHS;
      case 90 -> RetentionDays.THREE_MONTHS;
      case 180 -> RetentionDays.SIX_MONTHS;
      case 365 -> RetentionDays.ONE_YEAR;
      default -> throw new IllegalArgumentException("logs can't be kept for " + days + " days");
    };
  }
}
