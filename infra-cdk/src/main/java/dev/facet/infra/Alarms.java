package dev.facet.infra;

import dev.facet.core.gallery.GalleryLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * The CloudWatch alarms and the topic that they notify. Each watches a metric of AWS or one that
 * the functions emit.
 */
final class Alarms extends Construct {

  private static final Duration PERIOD = Duration.minutes(5);

  /** The share of a limit from which on an alarm warns. */
  private static final double WARNING = 0.8;

  /** The age of a queued enrolment at which the queue is stuck, in seconds. */
  private static final int MAX_QUEUE_AGE = 300;

  private static final int MAX_LATENCY_MILLIS = 10_000;

  /** The percentage of requests that may fail by a fault of the service. */
  private static final int MAX_ERROR_PERCENTAGE = 5;

  /** Fewer than the ten metrics that one alarm may combine. */
  private static final int METRICS_PER_ALARM = 9;

  private static final String DELETION_ROUTE = "/node/{version}/deleteUser";
  private static final String DELETION_ALIAS = "/node/deleteUser";

  /** The routes whose responses are metrics of their own. */
  static final List<String> SUBTRACTED_ROUTES = List.of(DELETION_ROUTE, DELETION_ALIAS);

  private final DeploymentSettings settings;
  private final Topic topic;

  Alarms(
      Construct scope,
      DeploymentSettings settings,
      RestService api,
      HandlerFunctions handlers,
      FaceFunction face,
      RetryQueue retries,
      DataStores stores) {
    super(scope, "Alarms");
    this.settings = settings;
    this.topic = topic(settings.general());
    requests(api, handlers);
    alarm("FaceErrors", "The face function fails", face.live().metricErrors(sum(PERIOD)), 1);
    throttles(handlers, face);
    handlers.scheduled().forEach(this::scheduled);
    queues(retries);
    galleries();
    tables(stores);
  }

  /** Returns the topic of all alarms. */
  Topic topic() {
    return topic;
  }

  private Topic topic(DeploymentSettings.General general) {
    Topic created =
        Topic.Builder.create(this, "Topic")
            .displayName(general.stackName() + " alarms")
            .enforceSsl(true)
            .build();
    // the policy that requires TLS replaces the one by which an account's alarms may publish
    created.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(created.getTopicArn()))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
            .build());
    general
        .alarmEmail()
        .ifPresent(address -> created.addSubscription(new EmailSubscription(address)));
    return created;
  }

  private void requests(RestService api, HandlerFunctions handlers) {
    alarm(
        "ServerErrors",
        "More than %d %% of the requests end with 5xx".formatted(MAX_ERROR_PERCENTAGE),
        serverErrors(api, handlers),
        MAX_ERROR_PERCENTAGE);
    alarm(
        "Latency",
        "One request in a hundred takes more than 10 s",
        api.stage().metricLatency(MetricOptions.builder().period(PERIOD).statistic("p99").build()),
        MAX_LATENCY_MILLIS);
  }

  private void throttles(HandlerFunctions handlers, FaceFunction face) {
    List<IMetric> metrics = new ArrayList<>(List.of(face.live().metricThrottles(sum(PERIOD))));
    handlers
        .requested()
        .values()
        .forEach(handler -> metrics.add(handler.live().metricThrottles(sum(PERIOD))));
    for (int from = 0; from < metrics.size(); from += METRICS_PER_ALARM) {
      Map<String, IMetric> some = new LinkedHashMap<>();
      for (IMetric metric :
          metrics.subList(from, Math.min(from + METRICS_PER_ALARM, metrics.size()))) {
        some.put("m" + some.size(), metric);
      }
      alarm(
          "Throttles" + from / METRICS_PER_ALARM,
          "Lambda rejects invocations: the account's concurrency is used up",
          total("Rejected invocations", some),
          1);
    }
  }

  private void scheduled(String name, HandlerFunction function) {
    alarm(
        name + "Errors",
        "The scheduled function " + name + " fails",
        function.live().metricErrors(sum(PERIOD)),
        1);
    Alarm absent =
        Alarm.Builder.create(this, name + "Absent")
            .alarmDescription("The scheduled function " + name + " did not run for two hours")
            .metric(function.live().metricInvocations(sum(Duration.hours(1))))
            .threshold(1)
            .evaluationPeriods(2)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .treatMissingData(TreatMissingData.BREACHING)
            .build();
    notify(absent, name + "Absent");
  }

  private void queues(RetryQueue retries) {
    alarm(
        "QueueAge",
        "A queued enrolment waits for five minutes",
        retries.queue().metricApproximateAgeOfOldestMessage(maximum(Duration.minutes(1))),
        MAX_QUEUE_AGE);
    alarm(
        "DeadLetters",
        "A write failed three times and waits to be replayed",
        retries
            .deadLetters()
            .metricApproximateNumberOfMessagesVisible(maximum(Duration.minutes(1))),
        1);
  }

  private void galleries() {
    int maxTemplates = settings.service().maxTemplates();
    alarm(
        "GallerySize",
        "A gallery has four fifths of maxTemplates",
        ours("GallerySize", "face.Gallery", "Maximum"),
        WARNING * maxTemplates);
    alarm(
        "LogBytes",
        "The log of a gallery has four fifths of the bytes that are loaded",
        ours("LogBytes", "face.Gallery", "Maximum"),
        WARNING * GalleryLimits.maxLogBytes(maxTemplates));
    alarm(
        "LogDamaged",
        "The log of a gallery has a hole or a fork: a table was restored or changed by hand",
        ours("LogDamaged", "face.Gallery", "Sum"),
        1);
  }

  private void tables(DataStores stores) {
    Map<String, ITable> tables =
        new TreeMap<>(
            Map.of("Data", stores.data(), "Keys", stores.keys(), "Ledger", stores.ledger()));
    tables.forEach(
        (name, table) -> {
          Map<String, IMetric> events = new LinkedHashMap<>();
          events.put("reads", table.metric("ReadThrottleEvents", sum(PERIOD)));
          events.put("writes", table.metric("WriteThrottleEvents", sum(PERIOD)));
          alarm(
              name + "TableThrottles",
              "DynamoDB rejects requests on the table: one partition is too busy",
              total("Rejected requests", events),
              1);
        });
  }

  /**
   * Returns the metric of 5xx responses. The vendor's contract answers a deletion without a puid
   * with 500, although the mistake is the caller's. The deletion routes therefore count only the
   * handler's faults and timeouts, and its failed invocations. The metric is a percentage of all
   * requests, so that one request cannot raise the alarm of a busy service.
   */
  private IMetric serverErrors(RestService api, HandlerFunctions handlers) {
    Map<String, IMetric> added = new LinkedHashMap<>();
    added.put("all", api.stage().metricServerError(sum(PERIOD)));
    added.put("faults", ours("Faults", "DeleteUserHandler", "Sum"));
    added.put("timeouts", ours("Timeouts", "DeleteUserHandler", "Sum"));
    added.put("crashes", handlers.get("node.DeleteUser").live().metricErrors(sum(PERIOD)));
    Map<String, IMetric> taken = new LinkedHashMap<>();
    taken.put("deletions", api.serverErrors("POST", DELETION_ROUTE, PERIOD));
    taken.put("aliased", api.serverErrors("POST", DELETION_ALIAS, PERIOD));
    Map<String, IMetric> metrics = new LinkedHashMap<>(added);
    metrics.putAll(taken);
    metrics.put("requests", api.stage().metricCount(sampleCount()));
    return MathExpression.Builder.create()
        .label("Percentage of answers of 5xx that are ours")
        .expression(
            "IF(FILL(requests, 0) > 0, 100 * (%s - (%s)) / requests, 0)"
                .formatted(sum(added), sum(taken)))
        .usingMetrics(metrics)
        .period(PERIOD)
        .build();
  }

  private static IMetric total(String label, Map<String, IMetric> metrics) {
    return MathExpression.Builder.create()
        .label(label)
        .expression(sum(metrics))
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

  /** Returns a metric that the functions emit. */
  private IMetric ours(String metric, String operation, String statistic) {
    return Metric.Builder.create()
        .namespace("Facet")
        .metricName(metric)
        .dimensionsMap(
            new TreeMap<>(
                Map.of("Service", settings.general().stackName(), "Operation", operation)))
        .statistic(statistic)
        .period(PERIOD)
        .build();
  }

  private void alarm(String id, String description, IMetric metric, double threshold) {
    Alarm alarm =
        Alarm.Builder.create(this, id)
            .alarmDescription(description)
            .metric(metric)
            .threshold(threshold)
            .evaluationPeriods(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    notify(alarm, id);
  }

  private void notify(Alarm alarm, String id) {
    alarm.addAlarmAction(new SnsAction(topic));
    settings
        .general()
        .alarmTopic()
        .ifPresent(
            other ->
                alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, id + "Topic", other))));
  }

  private static MetricOptions sum(Duration period) {
    return MetricOptions.builder().period(period).statistic("Sum").build();
  }

  private static MetricOptions sampleCount() {
    return MetricOptions.builder().period(PERIOD).statistic("SampleCount").build();
  }

  private static MetricOptions maximum(Duration period) {
    return MetricOptions.builder().period(period).statistic("Maximum").build();
  }
}
