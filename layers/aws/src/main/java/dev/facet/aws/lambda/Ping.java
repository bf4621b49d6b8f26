package dev.facet.aws.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event by which a schedule keeps functions active. Lambda deactivates the snapshot or the
 * image of a function without invocations for some weeks, and then rejects the next one. Every
 * handler answers a ping first, without work.
 *
 * <p>The event is a request of API Gateway and a batch of SQS at once, each with a source that
 * those services never set: a resource of API Gateway begins with a slash, and the source of a
 * message is {@code aws:sqs}. It can therefore only come from a direct invocation.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html">Lambda function
 *     states</a>
 */
public final class Ping {

  /** The resource of the request, and the source of the message. */
  public static final String SOURCE = "facet:ping";

  private static final int MAX_BYTES = 256;
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode TREE = JSON.valueToTree(event());

  private Ping() {}

  /** Returns the event, as an object of JSON; its properties are sorted. */
  public static Map<String, Object> event() {
    return new TreeMap<>(
        Map.of("resource", SOURCE, "Records", List.of(Map.of("eventSource", SOURCE))));
  }

  /** Returns whether an event, as JSON text, is a ping and nothing else. */
  public static boolean isPing(byte[] event) {
    if (event.length > MAX_BYTES) {
      return false;
    }
    try {
      return TREE.equals(JSON.readTree(event));
    } catch (IOException notJson) {
      return false;
    }
  }
}
