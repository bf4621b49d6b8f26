package dev.facet.aws.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Metrics of one operation, as a line that CloudWatch makes metrics of: its <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>. They are of the namespace {@code Facet} and told apart by service and
 * operation alone, since each combination costs; what did not happen is left out for the same
 * reason.
 */
public final class Metrics {

  private static final String NAMESPACE = "Facet";
  private static final String SERVICE = "Service";
  private static final String OPERATION = "Operation";

  private final String operation;
  private final ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
  private final ObjectNode values = JsonNodeFactory.instance.objectNode();

  /** None yet, of this operation. */
  public Metrics(String operation) {
    this.operation = operation;
  }

  /** What is told of every request. */
  public static Metrics ofRequest(String operation, Outcome outcome, long millis, boolean cold) {
    Metrics metrics = new Metrics(operation).count("Requests", 1).millis("Latency", millis);
    outcome.metric().ifPresent(error -> metrics.count(error, 1));
    return cold ? metrics.count("ColdStart", 1) : metrics;
  }

  /** Adds how many. */
  public Metrics count(String name, long value) {
    return metric(name, "Count", value);
  }

  /** Adds how long. */
  public Metrics millis(String name, long value) {
    return metric(name, "Milliseconds", value);
  }

  private Metrics metric(String name, String unit, long value) {
    definitions.addObject().put("Name", name).put("Unit", unit);
    values.put(name, value);
    return this;
  }

  /** The line, without its end. */
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
