package dev.facet.api.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.aws.lambda.Ping;
import dev.facet.aws.telemetry.ColdStart;
import dev.facet.aws.telemetry.LogLine;
import dev.facet.aws.telemetry.Metrics;
import dev.facet.aws.telemetry.RequestOutcome;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The base of every handler. It assigns a correlation id, converts faults to responses, adds the
 * common headers, writes one log line and emits metrics. It never throws.
 *
 * @param <R> the type of requests that the access admits
 */
public abstract class Endpoint<R>
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  /** The trace id in a header {@code Root=1-67891233-abcdef012345678912345678;…}. */
  private static final Pattern TRACE = Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}");

  private static final int NO_CONTENT = 204;

  private final EndpointContext edge;
  private final Access<R> access;
  private final ColdStart coldStart = new ColdStart();

  /** Creates an endpoint in the given environment. */
  protected Endpoint(EndpointContext edge, Access<R> access) {
    this.edge = edge;
    this.access = access;
  }

  /**
   * Handles an admitted request.
   *
   * @throws Fault any fault; {@link Access#respond} converts it to a response
   */
  protected abstract ApiResponse handle(R request);

  @Override
  public final APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    if (isPing(event)) {
      return new APIGatewayProxyResponseEvent().withStatusCode(NO_CONTENT);
    }
    long start = edge.clock().millis();
    boolean cold = coldStart.isNow();
    LogLine log =
        new LogLine(handler(), context.getFunctionName(), context.getAwsRequestId(), cold)
            .with("time", edge.clock().instant().toString());
    ApiRequest request = new ApiRequest(event, context, log, edge.ids());
    log.with("method", request.method())
        .with("resource", request.resource())
        .with("correlationId", request.correlationId());
    trace(request).ifPresent(id -> log.with("xrayTraceId", id));
    ApiResponse response = respond(request);
    long millis = edge.clock().millis() - start;
    RequestOutcome outcome = log.ended(response.status(), millis);
    context.getLogger().log(log + "\n");
    edge.telemetry().emit(Metrics.ofRequest(handler(), outcome, millis, cold));
    return event(response, request);
  }

  /** Returns whether an event is a {@link Ping}, which API Gateway never sends. */
  private static boolean isPing(APIGatewayProxyRequestEvent event) {
    return Ping.SOURCE.equals(event.getResource())
        && event.getHttpMethod() == null
        && event.getRequestContext() == null;
  }

  private ApiResponse respond(ApiRequest request) {
    try {
      return access.admit(request, this::handle);
    } catch (Fault fault) {
      request.log().failed(fault);
      return access.respond(fault);
    } catch (RuntimeException defect) {
      request.log().failed(defect);
      return access.respond(new InternalFault("A defect of ours.", defect));
    }
  }

  private APIGatewayProxyResponseEvent event(ApiResponse response, ApiRequest request) {
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.putAll(edge.settings().cors().headers(request.header("origin")));
    headers.put(CorrelationId.HEADER, request.correlationId());
    APIGatewayProxyResponseEvent event =
        new APIGatewayProxyResponseEvent()
            .withStatusCode(response.status())
            .withIsBase64Encoded(false);
    JsonNode body = response.body();
    if (body != null) {
      headers.put("content-type", "application/json");
      event.setBody(body.toString());
    }
    return event.withHeaders(headers);
  }

  private String handler() {
    return getClass().getSimpleName();
  }

  /** Returns the X-Ray trace id that the gateway assigned to the request. */
  private static Optional<String> trace(ApiRequest request) {
    return Optional.ofNullable(request.header("x-amzn-trace-id"))
        .map(TRACE::matcher)
        .filter(Matcher::find)
        .map(Matcher::group);
  }
}
