package dev.facet.api.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.aws.telemetry.ColdStart;
import dev.facet.aws.telemetry.LogLine;
import dev.facet.aws.telemetry.Metrics;
import dev.facet.aws.telemetry.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The edge of every handler: gives a request its correlation id, turns faults into answers, adds
 * the headers that all answers have, writes one log line and tells metrics. Nothing is thrown.
 */
public abstract class Endpoint
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private static final String CORRELATION_ID = "x-correlation-id";

  /** What may be echoed in a header and written to a log as it is. */
  private static final Pattern ECHOABLE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  /** The root of a header {@code Root=1-67891233-abcdef012345678912345678;…}. */
  private static final Pattern TRACE = Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}");

  private final Edge edge;
  private final ColdStart coldStart = new ColdStart();

  /** An endpoint in these surroundings. */
  protected Endpoint(Edge edge) {
    this.edge = edge;
  }

  /**
   * Answers one request.
   *
   * @throws Fault any; it becomes the answer that {@link #reply} has for it
   */
  protected abstract Reply answer(Incoming incoming);

  /** What a fault is answered; as {@code /v1} does unless an API has words of its own. */
  protected Reply reply(Fault fault) {
    return FaultReplies.of(fault);
  }

  @Override
  public final APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    Request request = new Request(event);
    String correlationId = correlationId(request.header(CORRELATION_ID));
    long start = edge.clock().millis();
    boolean cold = coldStart.isNow();
    LogLine log =
        new LogLine(handler(), context.getFunctionName(), context.getAwsRequestId(), cold)
            .with("time", edge.clock().instant().toString())
            .with("method", request.method())
            .with("resource", request.resource())
            .with("correlationId", correlationId);
    trace(request).ifPresent(id -> log.with("xrayTraceId", id));
    Reply reply = answerOrFault(new Incoming(request, context, correlationId, log), log);
    long millis = edge.clock().millis() - start;
    Outcome outcome = log.ended(reply.status(), millis);
    context.getLogger().log(log + "\n");
    edge.telemetry().tell(Metrics.ofRequest(handler(), outcome, millis, cold));
    return response(reply, request, correlationId);
  }

  private Reply answerOrFault(Incoming incoming, LogLine log) {
    try {
      return answer(incoming);
    } catch (Fault fault) {
      log.failed(fault);
      return reply(fault);
    } catch (RuntimeException defect) {
      log.failed(defect);
      return reply(new InternalFault("A defect of ours.", defect));
    }
  }

  private APIGatewayProxyResponseEvent response(
      Reply reply, Request request, String correlationId) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.putAll(edge.settings().cors().headers(request.header("origin")));
    headers.put(CORRELATION_ID, correlationId);
    APIGatewayProxyResponseEvent response =
        new APIGatewayProxyResponseEvent()
            .withStatusCode(reply.status())
            .withIsBase64Encoded(false);
    JsonNode body = reply.body();
    if (body != null) {
      headers.put("content-type", "application/json");
      response.setBody(body.toString());
    }
    return response.withHeaders(headers);
  }

  private String handler() {
    return getClass().getSimpleName();
  }

  /** X-Ray's name for the request, which the gateway gives it. */
  private static Optional<String> trace(Request request) {
    return Optional.ofNullable(request.header("x-amzn-trace-id"))
        .map(TRACE::matcher)
        .filter(Matcher::find)
        .map(Matcher::group);
  }

  private String correlationId(@Nullable String given) {
    return given != null && ECHOABLE.matcher(given).matches() ? given : edge.ids().get().toString();
  }
}
