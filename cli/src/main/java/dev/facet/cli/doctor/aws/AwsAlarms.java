package dev.facet.cli.doctor.aws;

import dev.facet.cli.doctor.stack.AlarmPort;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** {@link AlarmPort} on CloudWatch and SNS. */
public final class AwsAlarms implements AlarmPort {

  private static final String CLOUDWATCH = "monitoring";
  private static final String CLOUDWATCH_VERSION = "2010-08-01";
  private static final String SNS = "sns";
  private static final String SNS_VERSION = "2010-03-31";
  private static final int NAMES_PER_CALL = 100;
  private static final Duration LATELY = Duration.ofMinutes(15);

  private final SignedCalls calls;
  private final InstantSource clock;

  /** Creates access to the alarms of a Region. */
  public AwsAlarms(SignedCalls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public List<Alarm> alarms(List<String> names) {
    List<Alarm> alarms = new ArrayList<>();
    for (int from = 0; from < names.size(); from += NAMES_PER_CALL) {
      Map<String, String> parameters = new LinkedHashMap<>();
      for (String name : names.subList(from, Math.min(from + NAMES_PER_CALL, names.size()))) {
        parameters.put("AlarmNames.member." + (parameters.size() + 1), name);
      }
      parameters.put("MaxRecords", String.valueOf(NAMES_PER_CALL));
      XmlAnswer.parse(calls.query(CLOUDWATCH, CLOUDWATCH_VERSION, "DescribeAlarms", parameters))
          .members("MetricAlarms")
          .forEach(member -> alarms.add(alarm(member)));
    }
    return alarms;
  }

  private static Alarm alarm(XmlAnswer member) {
    return new Alarm(
        member.text("AlarmName"),
        member.text("ActionsEnabled").equals("true"),
        member.members("AlarmActions").stream().map(XmlAnswer::text).toList(),
        member.text("StateValue"));
  }

  @Override
  public List<Boolean> subscriptions(String topic) {
    List<Boolean> confirmed = new ArrayList<>();
    String next = "";
    do {
      Map<String, String> parameters = new LinkedHashMap<>(Map.of("TopicArn", topic));
      if (!next.isEmpty()) {
        parameters.put("NextToken", next);
      }
      XmlAnswer page =
          XmlAnswer.parse(calls.query(SNS, SNS_VERSION, "ListSubscriptionsByTopic", parameters));
      page.members("Subscriptions")
          .forEach(member -> confirmed.add(member.text("SubscriptionArn").startsWith("arn:")));
      next = page.text("NextToken");
    } while (!next.isEmpty());
    return confirmed;
  }

  @Override
  public OptionalDouble oldestMessage(String queueName) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Map<String, String> parameters =
        Map.of(
            "Namespace", "AWS/SQS",
            "MetricName", "ApproximateAgeOfOldestMessage",
            "Dimensions.member.1.Name", "QueueName",
            "Dimensions.member.1.Value", queueName,
            "StartTime", now.minus(LATELY).toString(),
            "EndTime", now.toString(),
            "Period", "60",
            "Statistics.member.1", "Maximum");
    return XmlAnswer.parse(
            calls.query(CLOUDWATCH, CLOUDWATCH_VERSION, "GetMetricStatistics", parameters))
        .members("Datapoints")
        .stream()
        .mapToDouble(point -> Double.parseDouble(point.text("Maximum")))
        .max();
  }
}
