package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.core.plans.UsageMeter;
import dev.facet.core.plans.UsagePlan;
import dev.facet.local.SignedClient;
import dev.facet.local.apigateway.keys.DefaultUsagePlan;
import dev.facet.local.apigateway.keys.LocalGatewayKeys;
import dev.facet.local.apigateway.keys.UsageLedger;
import dev.facet.local.http.AllowedHosts;
import dev.facet.local.http.BodyBudget;
import dev.facet.local.iam.Principal;
import dev.facet.local.iam.Principals;
import dev.facet.local.lambda.Function;
import dev.facet.local.lambda.InProcessLambda;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.sigv4.SigningCredentials;
import dev.facet.spec.ApiSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A gateway on a free port, its clock stopped, in front of functions that echo, fail or wait. */
final class GatewayFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-05-04T10:20:30Z");
  static final SigningCredentials CALLER =
      new SigningCredentials("AKIDCALLER0000000001", "a-secret", null);
  static final SigningCredentials RESTRICTED =
      new SigningCredentials("AKIDCALLER0000000002", "another-secret", "a-session-token");
  static final String KEY = "TestKey0000000000000000000000001";
  static final UUID KEY_RECORD = UUID.fromString("00000000-0000-4000-8000-000000000001");

  /** For two bodies of the maximum size. */
  private static final long BODY_BUDGET = 2L * Lambda.MAX_PAYLOAD_BYTES;

  private static final String SPECIFICATION =
      """
      openapi: 3.0.1
      info: {title: test, version: '1'}
      x-facet-limits: {headerBytes: 10240, gatewayTimeoutMillis: 300, handlerTimeoutMillis: 250, signatureAgeSeconds: 300}
      x-facet-usage-plan: {rate: 5, burst: 1000000, quota: {limit: 1000000, period: DAY}}
      x-facet-cors: {allowHeaders: [authorization, x-api-key], exposeHeaders: [], maxAgeSeconds: 600}
      paths:
        /v1/echo:
          post: {x-facet-function: Echo, security: [{sigv4: [], api_key: []}]}
          get: {x-facet-function: Echo, security: [{sigv4: [], api_key: []}]}
          options: {x-facet-gateway: cors, security: []}
        /v1/echo/{id}:
          put: {x-facet-function: Echo, security: [{sigv4: [], api_key: []}]}
        /v1/open:
          get: {x-facet-function: Echo, security: []}
          post: {x-facet-function: Echo, security: []}
        /v1/signed:
          get: {x-facet-function: Echo, security: [{sigv4: []}]}
        /v1/throws:
          get: {x-facet-function: Throws, security: []}
        /v1/garbage:
          get: {x-facet-function: Garbage, security: []}
        /v1/waits:
          get: {x-facet-function: Waits, security: []}
        /v1/fixed:
          get:
            x-facet-gateway: fixed
            security: []
            responses: {'200': {description: Ok., content: {application/json: {example: {status: ok}}}}}
        /openapi.json:
          get: {x-facet-gateway: specification, security: []}
        /openapi.yaml:
          get: {x-facet-gateway: specification, security: []}
      """;

  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  final CountDownLatch waiting = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);
  final LocalGatewayKeys keys;
  final GatewayServer server;
  private final Path folder;
  private final UsageLedger ledger;
  private final Lambda lambda;

  GatewayFixture() {
    this(null, List.of("*"), GatewayServer.Timeouts.DEFAULT, Duration.ofSeconds(3));
  }

  GatewayFixture(
      @Nullable String stage,
      List<String> origins,
      GatewayServer.Timeouts patience,
      Duration lambdaTimeout) {
    try {
      folder = Files.createTempDirectory("gateway");
      InstantSource clock = InstantSource.fixed(NOW);
      ApiSpecification specification = ApiSpecification.parse(SPECIFICATION);
      keys =
          new LocalGatewayKeys(
              folder.resolve("keys.json"), DefaultUsagePlan.of(specification), new Random(1));
      keys.create(record(KEY_RECORD, KEY, "default"), new ApiKey(KEY));
      keys.join(record(KEY_RECORD, KEY, "default"));
      ledger = new UsageLedger(folder.resolve("usage.json"));
      lambda =
          new InProcessLambda(
              functions(),
              new Lambda.Timeouts(lambdaTimeout, lambdaTimeout),
              InstantSource.system(),
              UUID::randomUUID,
              new PrintStream(log, true, UTF_8));
      Gateway gateway =
          new Gateway(
              specification,
              new Deployment("123456789012", "ap-southeast-2", "abcdef1234", stage),
              origins,
              new Gateway.Backing(principals(folder), keys, new UsageMeter(ledger, clock), lambda),
              clock,
              UUID::randomUUID);
      server =
          GatewayServer.start(
              gateway,
              0,
              new AllowedHosts(List.of("faces.example")),
              specification.limits().headerBytes(),
              new BodyBudget(BODY_BUDGET),
              patience);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client that signs and carries the key. */
  SignedClient client() {
    return new SignedClient(server.endpoint(), CALLER, Clock.fixed(NOW, ZoneOffset.UTC))
        .with("x-api-key", KEY);
  }

  int port() {
    return Integer.parseInt(server.endpoint().substring(server.endpoint().lastIndexOf(':') + 1));
  }

  /** Puts a new key on a plan of its own. */
  UUID keyOn(UsagePlan plan, String key) {
    UUID id = UUID.randomUUID();
    keys.put(plan);
    keys.create(record(id, key, plan.id()), new ApiKey(key));
    keys.join(record(id, key, plan.id()));
    return id;
  }

  private static KeyRecord record(UUID id, String key, String plan) {
    return KeyRecord.of(
        id,
        new ApiKey(key),
        new ApplicationId(UUID.randomUUID()),
        new NewKey(null, null, plan, null, null),
        KeyStatus.ACTIVE,
        NOW);
  }

  private static Principals principals(Path folder) {
    Principals principals = new Principals(folder.resolve("principals.json"));
    principals.put(Principal.user(CALLER, "123456789012", "caller", "AIDACALLER"));
    principals.put(
        new Principal(
            RESTRICTED,
            "arn:aws:sts::123456789012:assumed-role/reader/session",
            "AROAREADER:session",
            List.of("arn:aws:execute-api:ap-southeast-2:123456789012:abcdef1234/*/GET/v1/*")));
    return principals;
  }

  private Map<String, Function> functions() {
    return Map.of(
        "Echo", new Function("Echo", (event, context) -> echo(event)),
        "Garbage",
            new Function(
                "Garbage", (event, context) -> new APIGatewayProxyResponseEvent().withBody("x")),
        "Throws",
            new Function(
                "Throws",
                (event, context) -> {
                  throw new IllegalStateException("a secret message");
                }),
        "Waits", new Function("Waits", (event, context) -> waits()));
  }

  private static APIGatewayProxyResponseEvent echo(APIGatewayProxyRequestEvent event) {
    try {
      return new APIGatewayProxyResponseEvent()
          .withStatusCode(200)
          .withHeaders(Map.of("content-type", "application/json", "x-correlation-id", "made"))
          .withBody(new ObjectMapper().writeValueAsString(event));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private APIGatewayProxyResponseEvent waits() {
    waiting.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new APIGatewayProxyResponseEvent().withStatusCode(200).withBody("waited");
  }

  @Override
  public void close() {
    server.close();
    lambda.close();
    ledger.close();
    org.assertj.core.util.Files.delete(folder.toFile());
  }
}
