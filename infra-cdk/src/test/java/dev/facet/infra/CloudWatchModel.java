package dev.facet.infra;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudWatch's evaluation of one period of a template's alarms: statistics, the parts of metric
 * math that the stack uses, and the treatment of missing data.
 */
final class CloudWatchModel {

  private final Map<MetricId, List<Double>> data = new HashMap<>();

  /**
   * The identity of a metric. CloudWatch finds data by all of it: a metric with one dimension more
   * or another value is another metric.
   *
   * @param dimensions the values, in the template's form, by name
   */
  record MetricId(String namespace, String name, SortedMap<String, String> dimensions) {

    /** Returns the metric of an alarm's properties or of one of its metrics. */
    static MetricId of(JsonNode metric) {
      SortedMap<String, String> dimensions = new TreeMap<>();
      for (JsonNode dimension : metric.path("Dimensions")) {
        JsonNode value = dimension.required("Value");
        dimensions.put(
            dimension.required("Name").textValue(),
            value.isTextual() ? value.textValue() : value.toString());
      }
      return new MetricId(
          metric.required("Namespace").textValue(),
          metric.required("MetricName").textValue(),
          dimensions);
    }
  }

  /** Adds a value of a metric in the period. */
  void put(MetricId metric, double value) {
    data.computeIfAbsent(metric, m -> new ArrayList<>()).add(value);
  }

  /** Adds the values of a line in CloudWatch's embedded metric format. */
  void put(JsonNode line) {
    for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
      for (JsonNode names : directive.required("Dimensions")) {
        SortedMap<String, String> dimensions = new TreeMap<>();
        names.forEach(
            name -> dimensions.put(name.textValue(), line.required(name.textValue()).textValue()));
        for (JsonNode metric : directive.required("Metrics")) {
          String name = metric.required("Name").textValue();
          put(
              new MetricId(directive.required("Namespace").textValue(), name, dimensions),
              line.required(name).doubleValue());
        }
      }
    }
  }

  /** Returns whether an alarm is raised if every evaluated period is like this one. */
  boolean raises(JsonNode alarm) {
    Optional<Double> value =
        alarm.has("Metrics")
            ? Optional.of(expression(alarm.required("Metrics")))
            : statistic(
                MetricId.of(alarm),
                alarm.has("ExtendedStatistic")
                    ? alarm.required("ExtendedStatistic").textValue()
                    : alarm.required("Statistic").textValue());
    if (value.isEmpty()) {
      return alarm.required("TreatMissingData").textValue().equals("breaching");
    }
    double threshold = alarm.required("Threshold").doubleValue();
    return switch (alarm.required("ComparisonOperator").textValue()) {
      case "GreaterThanOrEqualToThreshold" -> value.get() >= threshold;
      case "LessThanThreshold" -> value.get() < threshold;
      case String other -> throw new AssertionError(other);
    };
  }

  private Optional<Double> statistic(MetricId metric, String statistic) {
    List<Double> values = data.get(metric);
    if (values == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (statistic) {
          case "Sum" -> values.stream().mapToDouble(v -> v).sum();
          case "SampleCount" -> (double) values.size();
          // of a few values, a high percentile is the greatest
          case "Maximum", "p99" -> values.stream().mapToDouble(v -> v).max().orElseThrow();
          default -> throw new AssertionError(statistic);
        });
  }

  private double expression(JsonNode metrics) {
    Map<String, Optional<Double>> values = new HashMap<>();
    String expression = null;
    for (JsonNode metric : metrics) {
      if (metric.has("Expression")) {
        expression = metric.required("Expression").textValue();
      } else {
        JsonNode stat = metric.required("MetricStat");
        values.put(
            metric.required("Id").textValue(),
            statistic(MetricId.of(stat.required("Metric")), stat.required("Stat").textValue()));
      }
    }
    return new MetricMath(requireNonNull(expression), values).value();
  }

  /** A parser of metric math: FILL, IF, comparison by {@code >}, and arithmetic. */
  private static final class MetricMath {

    private static final Pattern TOKEN = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*|[0-9.]+|.)");

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Optional<Double>> values;
    private int at;

    MetricMath(String text, Map<String, Optional<Double>> values) {
      this.values = values;
      Matcher matcher = TOKEN.matcher(text);
      while (matcher.find()) {
        tokens.add(matcher.group(1));
      }
    }

    double value() {
      double value = comparison();
      if (at != tokens.size()) {
        throw new AssertionError("unread: " + tokens.subList(at, tokens.size()));
      }
      return value;
    }

    private double comparison() {
      double left = sum();
      return skips(">") ? (left > sum() ? 1 : 0) : left;
    }

    private double sum() {
      double value = product();
      while (true) {
        if (skips("+")) {
          value += product();
        } else if (skips("-")) {
          value -= product();
        } else {
          return value;
        }
      }
    }

    private double product() {
      double value = atom();
      while (true) {
        if (skips("*")) {
          value *= atom();
        } else if (skips("/")) {
          value /= atom();
        } else {
          return value;
        }
      }
    }

    private double atom() {
      if (skips("(")) {
        double value = comparison();
        require(")");
        return value;
      }
      if (skips("IF")) {
        require("(");
        double condition = comparison();
        require(",");
        double then = comparison();
        require(",");
        double otherwise = comparison();
        require(")");
        return condition != 0 ? then : otherwise;
      }
      if (skips("FILL")) {
        require("(");
        Optional<Double> value = known(tokens.get(at++));
        require(",");
        double missing = comparison();
        require(")");
        return value.orElse(missing);
      }
      String token = tokens.get(at++);
      return token.matches("[0-9.]+") ? Double.parseDouble(token) : known(token).orElse(Double.NaN);
    }

    private Optional<Double> known(String id) {
      return requireNonNull(values.get(id), id);
    }

    private boolean skips(String token) {
      boolean there = at < tokens.size() && tokens.get(at).equals(token);
      at += there ? 1 : 0;
      return there;
    }

    private void require(String token) {
      if (!skips(token)) {
        throw new AssertionError(token + " expected before " + tokens.subList(at, tokens.size()));
      }
    }
  }
}
