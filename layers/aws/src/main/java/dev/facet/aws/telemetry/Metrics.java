package dev.facet.aws.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * The metrics of one operation, as a line from which CloudWatch extracts metrics: its <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>. The namespace is {@code Facet}. The only dimensions are service and operation,
 * because every combination of dimensions has a cost; metrics without an event are omitted for the
 * same reason.
 */
public final class Metrics {

  private static final String NAMESPACE = "Facet";
  private static final String SERVICE = "Service";
  private static final String OPERATION = "Operation";

  private final String operation;
  private final ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
  private final ObjectNode values = JsonNodeFactory.instance.objectNode();

  /** Creates an empty set of metrics of an operation. */
  public Metrics(String operation) {
    this.operation = operation;
  }

  /** Returns the metrics that every request emits. */
  public static Metrics ofRequest(
      String operation, RequestOutcome outcome, long millis, boolean cold) {
    Metrics metrics = new Metrics(operation).count("Requests", 1).millis("Latency", millis);
    outcome.metric().ifPresent(error -> metrics.count(error, 1));
    return cold ? metrics.count("ColdStart", 1) : metrics;
  }

  /** Adds a count. */
  public Metrics count(String name, long value) {
    return metric(name, "Count", value);
  }

  /** Adds a duration in milliseconds. */
  public Metrics millis(String name, long value) {
    return metric(name, "Milliseconds", value);
  }

  private Metrics metric(String name, String unit, long value) {
    definitions.addObject().put("Name", name).put("Unit", unit);
    values.put(name, value);
    return this;
  }

  /** Returns the line without a line terminator. */
  String line(String service, Instant time) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode meta = line.putObject("_aws").put("Timestamp", time.toEpochMilli());
    ObjectNode directive = meta.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    directive.putArray("Dimensions").addArray().add(SERVICE).add(OPERATION);
    directive.set("Metrics", definitions);
    line.put(SERVICE, service).put(OPERATION, operation).setAll(values);
    return line.toString();
  }
}
