package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.local.data.Json;
import dev.facet.local.http.RawRequest.Header;
import dev.facet.local.iam.Principal;
import dev.facet.local.sigv4.UriText;
import dev.facet.spec.ApiOperation;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The event of Lambda proxy integration (REST API, format 1.0), in exactly the form in which API
 * Gateway sends it. The gateway removes the {@code Authorization} header.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations in API Gateway</a>
 */
final class ProxyEvent {

  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Deployment deployment;

  ProxyEvent(Deployment deployment) {
    this.deployment = deployment;
  }

  /**
   * The caller's credentials, as far as the route requires them.
   *
   * @param principal the signer; null if the route requires no signature
   * @param apiKey the request's API key; null if the route requires none
   * @param apiKeyId the gateway's id of that key
   */
  record Caller(@Nullable Principal principal, @Nullable String apiKey, @Nullable UUID apiKeyId) {}

  byte[] json(GatewayRequest request, Routes.Found found, Caller caller) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("resource", found.operation().path());
    event.put("path", request.path());
    event.put("httpMethod", found.operation().method());
    putHeaders(event, request);
    putQuery(event, UriText.parameters(request.raw().query()));
    if (found.pathParameters().isEmpty()) {
      event.putNull("pathParameters");
    } else {
      found.pathParameters().forEach(event.putObject("pathParameters")::put);
    }
    event.putNull("stageVariables");
    event.set("requestContext", context(request, found.operation(), caller));
    byte[] body = request.raw().body();
    event.put("body", body.length == 0 ? null : new String(body, UTF_8));
    event.put("isBase64Encoded", false);
    try {
      return Json.MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private static void putHeaders(ObjectNode event, GatewayRequest request) {
    ObjectNode single = event.putObject("headers");
    ObjectNode multi = event.putObject("multiValueHeaders");
    for (Header header : headers(request)) {
      single.put(header.name(), header.value());
      add(multi, header.name(), header.value());
    }
  }

  private static List<Header> headers(GatewayRequest request) {
    List<Header> headers = new ArrayList<>(request.raw().headers());
    headers.removeIf(header -> header.name().equalsIgnoreCase("authorization"));
    headers.add(new Header("X-Forwarded-For", request.sourceIp()));
    headers.add(new Header("X-Forwarded-Port", "443"));
    headers.add(new Header("X-Forwarded-Proto", "https"));
    return headers;
  }

  private static void putQuery(ObjectNode event, List<UriText.Parameter> parameters) {
    if (parameters.isEmpty()) {
      event.putNull("queryStringParameters");
      event.putNull("multiValueQueryStringParameters");
      return;
    }
    ObjectNode single = event.putObject("queryStringParameters");
    ObjectNode multi = event.putObject("multiValueQueryStringParameters");
    for (UriText.Parameter parameter : parameters) {
      single.put(parameter.name(), parameter.value());
      add(multi, parameter.name(), parameter.value());
    }
  }

  private static void add(ObjectNode multi, String name, String value) {
    (multi.get(name) instanceof ArrayNode values ? values : multi.putArray(name)).add(value);
  }

  private ObjectNode context(GatewayRequest request, ApiOperation operation, Caller caller) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.put("resourceId", Integer.toString(operation.path().hashCode() & 0x7fffffff, 36));
    context.put("resourcePath", operation.path());
    context.put("httpMethod", operation.method());
    context.put("extendedRequestId", request.extendedId());
    context.put("requestTime", REQUEST_TIME.format(request.time()));
    context.put("path", request.raw().path());
    context.put("accountId", deployment.account());
    context.put("protocol", "HTTP/1.1");
    context.put("stage", deployment.stageName());
    context.put("domainPrefix", deployment.apiId());
    context.put("requestTimeEpoch", request.time().toEpochMilli());
    context.put("requestId", request.requestId());
    context.set("identity", identity(request, caller));
    context.put(
        "domainName",
        "%s.execute-api.%s.amazonaws.com".formatted(deployment.apiId(), deployment.region()));
    context.put("deploymentId", "local");
    context.put("apiId", deployment.apiId());
    return context;
  }

  private ObjectNode identity(GatewayRequest request, Caller caller) {
    Principal principal = caller.principal();
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    identity.putNull("cognitoIdentityPoolId");
    identity.put("accountId", principal == null ? null : deployment.account());
    identity.putNull("cognitoIdentityId");
    identity.put("caller", principal == null ? null : principal.uniqueId());
    if (caller.apiKey() != null) {
      identity.put("apiKey", caller.apiKey());
    }
    identity.put("sourceIp", request.sourceIp());
    identity.putNull("principalOrgId");
    identity.put("accessKey", principal == null ? null : principal.credentials().accessKeyId());
    if (caller.apiKeyId() != null) {
      identity.put("apiKeyId", caller.apiKeyId().toString());
    }
    identity.putNull("cognitoAuthenticationType");
    identity.putNull("cognitoAuthenticationProvider");
    identity.put("userArn", principal == null ? null : principal.arn());
    identity.put("userAgent", request.raw().first("user-agent").orElse(null));
    identity.put("user", principal == null ? null : principal.uniqueId());
    return identity;
  }
}
