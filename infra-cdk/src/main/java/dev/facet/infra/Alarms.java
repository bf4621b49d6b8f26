package dev.facet.infra;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * The CloudWatch alarms: 5xx responses, errors of the face function, and messages in the
 * dead-letter queue.
 */
final class Alarms extends Construct {

  private static final Duration PERIOD = Duration.minutes(5);

  private final DeploymentSettings.General settings;

  Alarms(
      Construct scope,
      DeploymentSettings.General settings,
      RestService api,
      HandlerFunctions handlers,
      FaceFunction face,
      RetryQueue retries) {
    super(scope, "Alarms");
    this.settings = settings;
    alarm("ServerErrors", "The API answers with 5xx", serverErrors(api, handlers));
    alarm("FaceErrors", "The face function fails", face.live().metricErrors(sum()));
    alarm(
        "DeadLetters",
        "A write failed three times and waits to be replayed",
        retries
            .deadLetters()
            .metricApproximateNumberOfMessagesVisible(
                MetricOptions.builder().period(Duration.minutes(1)).statistic("Maximum").build()));
  }

  /**
   * Returns the metric of 5xx responses. The vendor's contract answers a deletion without a puid
   * with 500, although the mistake is the caller's. The deletion routes therefore count only the
   * handler's faults and timeouts, and its failed invocations.
   */
  private IMetric serverErrors(RestService api, HandlerFunctions handlers) {
    Map<String, IMetric> added = new LinkedHashMap<>();
    added.put("all", api.stage().metricServerError(sum()));
    added.put("faults", handlerMetric("Faults"));
    added.put("timeouts", handlerMetric("Timeouts"));
    added.put("crashes", handlers.get("node.DeleteUser").live().metricErrors(sum()));
    Map<String, IMetric> taken = new LinkedHashMap<>();
    taken.put("deletions", api.serverErrors("POST", "/node/{version}/deleteUser", PERIOD));
    taken.put("aliased", api.serverErrors("POST", "/node/deleteUser", PERIOD));
    Map<String, IMetric> metrics = new LinkedHashMap<>(added);
    metrics.putAll(taken);
    return MathExpression.Builder.create()
        .label("Answers of 5xx that are ours")
        .expression(sum(added) + " - (" + sum(taken) + ")")
        .usingMetrics(metrics)
        .period(PERIOD)
        .build();
  }

  /** Returns the sum of some metrics; a metric without data counts as 0. */
  private static String sum(Map<String, IMetric> metrics) {
    return metrics.keySet().stream()
        .map("FILL(%s, 0)"::formatted)
        .collect(Collectors.joining(" + "));
  }

  /** Returns a metric that the handler of deletions emits. */
  private IMetric handlerMetric(String metric) {
    return Metric.Builder.create()
        .namespace("Facet")
        .metricName(metric)
        .dimensionsMap(Map.of("Service", settings.stackName(), "Operation", "DeleteUserHandler"))
        .statistic("Sum")
        .period(PERIOD)
        .build();
  }

  private void alarm(String id, String description, IMetric metric) {
    Alarm alarm =
        Alarm.Builder.create(this, id)
            .alarmDescription(description)
            .metric(metric)
            .threshold(1)
            .evaluationPeriods(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    settings
        .alarmTopic()
        .ifPresent(
            topic ->
                alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, id + "Topic", topic))));
  }

  private static MetricOptions sum() {
    return MetricOptions.builder().period(PERIOD).statistic("Sum").build();
  }
}
