package dev.facet.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** What somebody should look at: answers of 5xx, a failing face function, a write given up. */
final class Alarms extends Construct {

  private final Settings.General settings;

  Alarms(
      Construct scope,
      Settings.General settings,
      RestService api,
      FaceFunction face,
      RetryQueue retries) {
    super(scope, "Alarms");
    this.settings = settings;
    alarm(
        "ServerErrors",
        "The API answers with 5xx",
        api.stage().metricServerError(sumOver(Duration.minutes(5))));
    alarm(
        "FaceErrors",
        "The face function fails",
        face.live().metricErrors(sumOver(Duration.minutes(5))));
    alarm(
        "DeadLetters",
        "A write failed three times and waits to be replayed",
        retries
            .deadLetters()
            .metricApproximateNumberOfMessagesVisible(
                MetricOptions.builder().period(Duration.minutes(1)).statistic("Maximum").build()));
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

  private static MetricOptions sumOver(Duration period) {
    return MetricOptions.builder().period(period).statistic("Sum").build();
  }
}
