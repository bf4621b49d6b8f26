package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.facet.api.http.CorrelationId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.plans.UsageMeter;
import dev.facet.local.apigateway.ProxyEvent.Caller;
import dev.facet.local.apigateway.keys.LocalGatewayKeys;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.local.iam.Principal;
import dev.facet.local.iam.Principals;
import dev.facet.local.lambda.InvocationFault;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.sigv4.SignatureFault;
import dev.facet.local.sigv4.SignatureVerifier;
import dev.facet.spec.ApiOperation;
import dev.facet.spec.ApiSpecification;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An emulator of API Gateway. It answers requests in the same order of steps: route, signature,
 * policy, API key, usage plan, integration. It does not depend on sockets and is thread-safe.
 */
public final class Gateway {

  private static final String SERVICE = "execute-api";
  private static final String RETRY_AFTER_SECONDS = "2";

  private final PublishedSpecification published;
  private final Deployment deployment;
  private final Backing backing;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Routes routes;
  private final CorsPolicy preflight;
  private final SignatureVerifier signatures;
  private final ProxyEvent events;

  /**
   * The components behind a gateway.
   *
   * @param principals may sign requests
   * @param keys the API keys that it accepts
   * @param meter applies the keys' usage plans
   * @param lambda runs the functions
   */
  public record Backing(
      Principals principals, LocalGatewayKeys keys, UsageMeter meter, Lambda lambda) {}

  /**
   * @param specification the API to serve
   * @param deployment where the API presents itself as deployed
   * @param allowedOrigins the origins from which pages may call, or {@code *} alone for all
   * @param ids random UUIDs that identify requests
   */
  public Gateway(
      ApiSpecification specification,
      Deployment deployment,
      List<String> allowedOrigins,
      Backing backing,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.published = new PublishedSpecification(specification);
    this.deployment = deployment;
    this.backing = backing;
    this.clock = clock;
    this.ids = ids;
    this.routes = new Routes(specification.operations());
    this.preflight = CorsPolicy.of(specification.cors(), allowedOrigins);
    this.signatures =
        new SignatureVerifier(
            deployment.region(),
            SERVICE,
            specification.limits().signatureAge(),
            clock,
            id -> backing.principals().find(id).map(Principal::credentials));
    this.events = new ProxyEvent(deployment);
  }

  /** Handles one request, valid or not. */
  GatewayResponse handle(RawRequest raw, String sourceIp) {
    GatewayRequest request = receive(raw, sourceIp);
    return withTraceHeaders(respond(request), request);
  }

  /**
   * Handles a request whose head alone decides the response: an unknown route, a response of the
   * gateway's own, a signature that can't be valid for any body, or an unusable API key.
   *
   * @param head the request with an empty body
   * @return empty if the body has to be read
   */
  Optional<GatewayResponse> handleHead(RawRequest head, String sourceIp) {
    GatewayRequest request = receive(head, sourceIp);
    return respondToHead(request).map(response -> withTraceHeaders(response, request));
  }

  /** Returns the response to a request that the server refuses. */
  GatewayResponse refuse(GatewayError error, RawRequest head, String sourceIp) {
    GatewayRequest request = receive(head, sourceIp);
    return withTraceHeaders(errorResponse(error, request), request);
  }

  private GatewayRequest receive(RawRequest raw, String sourceIp) {
    String prefix = deployment.prefix();
    boolean staged = raw.path().startsWith(prefix + "/");
    UUID id = ids.get();
    return new GatewayRequest(
        raw,
        staged ? raw.path().substring(prefix.length()) : "",
        id.toString(),
        Base64.getUrlEncoder().encodeToString(id.toString().substring(0, 11).getBytes(UTF_8)),
        clock.instant(),
        sourceIp);
  }

  private Optional<GatewayResponse> respondToHead(GatewayRequest request) {
    try {
      ApiOperation operation = route(request).operation();
      if (!(operation.action() instanceof ApiOperation.Action.Invoke)) {
        return Optional.of(respond(request));
      }
      if (operation.signed()) {
        signatures.verifyHead(request.raw());
      }
      if (operation.keyed()) {
        admitted(apiKey(request));
      }
      return Optional.empty();
    } catch (SignatureFault fault) {
      return Optional.of(errorResponse(GatewayError.notSigned(fault), request));
    } catch (GatewayError error) {
      return Optional.of(errorResponse(error, request));
    }
  }

  private Routes.Found route(GatewayRequest request) {
    return routes
        .find(request.raw().method(), request.path())
        .orElseThrow(GatewayError::unknownRoute);
  }

  private GatewayResponse respond(GatewayRequest request) {
    try {
      Routes.Found found = route(request);
      return switch (found.operation().action()) {
        case ApiOperation.Action.Preflight(List<String> methods) ->
            preflight.preflightResponse(methods, request.origin());
        case ApiOperation.Action.Fixed(JsonNode body) ->
            GatewayResponse.of(200, "application/json", body.toString().getBytes(UTF_8))
                .with(preflight.headers(request.origin()));
        case ApiOperation.Action.Describe(ApiSpecification.Format format) ->
            published.in(format).with(preflight.headers(request.origin()));
        case ApiOperation.Action.Invoke(String function) -> invoke(function, found, request);
      };
    } catch (GatewayError error) {
      return errorResponse(error, request);
    }
  }

  private GatewayResponse invoke(String function, Routes.Found found, GatewayRequest request) {
    Caller caller = caller(found.operation(), request);
    try {
      byte[] event = events.json(request, found, caller);
      return ProxyReply.parse(backing.lambda().invoke(function, event));
    } catch (InvocationFault fault) {
      throw GatewayError.notInvoked(fault);
    }
  }

  private Caller caller(ApiOperation operation, GatewayRequest request) {
    Principal principal = operation.signed() ? principal(request) : null;
    if (!operation.keyed()) {
      return new Caller(principal, null, null);
    }
    String key = apiKey(request);
    return new Caller(principal, key, checkUsage(admitted(key)));
  }

  private Principal principal(GatewayRequest request) {
    RawRequest raw = request.raw();
    try {
      String accessKeyId = signatures.verify(raw);
      Principal principal =
          backing.principals().find(accessKeyId).orElseThrow(GatewayError::forbidden);
      if (!principal.mayInvoke(deployment.resource(raw.method(), request.path()))) {
        throw GatewayError.notAllowed(
            principal.arn(), deployment.maskedResource(raw.method(), request.path()));
      }
      return principal;
    } catch (SignatureFault fault) {
      throw GatewayError.notSigned(fault);
    }
  }

  private static String apiKey(GatewayRequest request) {
    return request.raw().first("x-api-key").orElseThrow(GatewayError::forbidden);
  }

  private LocalGatewayKeys.Admitted admitted(String key) {
    return backing.keys().admitted(new ApiKey(key)).orElseThrow(GatewayError::forbidden);
  }

  private UUID checkUsage(LocalGatewayKeys.Admitted admitted) {
    return switch (backing.meter().admit(admitted.record(), admitted.plan())) {
      case ADMITTED -> admitted.record();
      case THROTTLED -> throw GatewayError.throttled();
      case QUOTA_SPENT -> throw GatewayError.quotaSpent();
    };
  }

  private GatewayResponse errorResponse(GatewayError error, GatewayRequest request) {
    String body = JsonNodeFactory.instance.objectNode().put("message", error.message()).toString();
    List<Header> headers = new ArrayList<>(preflight.headers(request.origin()));
    if (error.status() == 503) {
      headers.add(new Header("retry-after", RETRY_AFTER_SECONDS));
    }
    String errorType = error.errorType();
    if (errorType != null) {
      headers.add(new Header("x-amzn-ErrorType", errorType));
    }
    return GatewayResponse.of(error.status(), "application/json", body.getBytes(UTF_8))
        .with(headers);
  }

  private static GatewayResponse withTraceHeaders(
      GatewayResponse response, GatewayRequest request) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("x-amzn-requestid", request.requestId()));
    headers.add(new Header("x-amz-apigw-id", request.extendedId()));
    String correlationId = correlationId(request.raw());
    if (correlationId != null && !response.has(CorrelationId.HEADER)) {
      headers.add(new Header(CorrelationId.HEADER, correlationId));
    }
    return response.with(headers);
  }

  private static @Nullable String correlationId(RawRequest request) {
    return request.first(CorrelationId.HEADER).flatMap(CorrelationId::echoable).orElse(null);
  }
}
