package dev.facet.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.http.EndpointContext;
import dev.facet.api.http.NodePorts;
import dev.facet.api.http.Services;
import dev.facet.api.http.Settings;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.faces.EmbeddingIdentities;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faces.LocalFaceService;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.HarmlessLog;
import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.core.subjects.SubjectIds;
import dev.facet.spec.ApiOperation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The handlers on stores in memory, invoked as Lambda invokes them: an event's JSON in, a
 * response's JSON out, through Lambda's own serialisation. Every answer is checked against {@code
 * openapi.yaml}.
 */
final class TestService {

  /** The key of the files in events/. */
  static final ApiKey KEY = new ApiKey("FacetEventKey000000000000001");

  static final Specification SPECIFICATION = new Specification();

  private static final PojoSerializer<APIGatewayProxyRequestEvent> REQUESTS =
      LambdaEventSerializers.serializerFor(
          APIGatewayProxyRequestEvent.class, TestService.class.getClassLoader());
  private static final PojoSerializer<APIGatewayProxyResponseEvent> RESPONSES =
      LambdaEventSerializers.serializerFor(
          APIGatewayProxyResponseEvent.class, TestService.class.getClassLoader());

  final Application application = Application.withDefaults(new ApplicationId(UUID.randomUUID()));
  final InMemoryKeys keys = new InMemoryKeys();
  final InMemoryApplications applications = new InMemoryApplications();
  final List<String> log = new CopyOnWriteArrayList<>();

  private final HarmlessLog harmless = new HarmlessLog().without(KEY.secret());

  private final Services services;

  /** On an in-process face service whose images are text ({@link FakeFaces}). */
  TestService() {
    this(UnaryOperator.identity());
  }

  /** On a face service put around that one, or in its place. */
  TestService(UnaryOperator<FaceService> around) {
    this(around, NodePorts.withDefaults());
  }

  /** The same with other ports for {@code /node}. */
  TestService(UnaryOperator<FaceService> around, NodePorts node) {
    this(around, node, Telemetry.NONE);
  }

  /** The same, telling its metrics. */
  TestService(UnaryOperator<FaceService> around, NodePorts node, Telemetry telemetry) {
    applications.put(application);
    store(KEY, KeyStatus.ACTIVE);
    services =
        Services.of(
                keys,
                applications,
                around.apply(inProcess()),
                EndpointContext.of(Settings.DEFAULT).with(telemetry))
            .with(node);
  }

  /** What a caller receives. */
  record Answer(int status, JsonNode headers, @Nullable String text) {

    JsonNode body() {
      return Specification.read(String.valueOf(text));
    }

    String header(String name) {
      return headers.path(name).asText();
    }
  }

  /** One of the files in events/, without its suffix. */
  static ObjectNode event(String name) {
    try {
      return (ObjectNode)
          Specification.JSON.readTree(
              Specification.ROOT.resolve("events").resolve(name + ".json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event with another body. */
  static ObjectNode event(String name, @Nullable String body) {
    return event(name).put("body", body);
  }

  /** An event whose body is an object with these properties in turn: name, value, name, value … */
  static ObjectNode event(String name, Object... properties) {
    ObjectNode body = Specification.JSON.createObjectNode();
    for (int i = 0; i < properties.length; i += 2) {
      body.putPOJO((String) properties[i], properties[i + 1]);
    }
    return event(name, body.toString());
  }

  /** An event about another subject. */
  static ObjectNode about(String subject, ObjectNode event) {
    String parameters =
        event.path("pathParameters").isObject() ? "pathParameters" : "queryStringParameters";
    event.withObject("/" + parameters).put("id", subject);
    return event;
  }

  Answer invoke(ObjectNode event) {
    return invoke(event, 28_000);
  }

  Answer invoke(ObjectNode event, int remainingMillis) {
    ApiOperation operation =
        SPECIFICATION.operation(event.path("resource").asText(), event.path("httpMethod").asText());
    APIGatewayProxyResponseEvent response =
        handler(operation.function().orElseThrow())
            .handleRequest(
                REQUESTS.fromJson(new ByteArrayInputStream(event.toString().getBytes(UTF_8))),
                context(remainingMillis));
    Answer answer = answer(response);
    SPECIFICATION.check(operation, answer.status(), answer.text());
    return answer;
  }

  /** The response to an event as it is, and what was logged. */
  APIGatewayProxyResponseEvent send(
      String function, APIGatewayProxyRequestEvent event, List<String> lines) {
    return handler(function).handleRequest(event, new TestContext(28_000, lines::add));
  }

  /** An invocation whose log is read line by line: none may hold a secret. */
  TestContext context(int remainingMillis) {
    return new TestContext(
        remainingMillis,
        line -> {
          log.add(line);
          harmless.accept(line);
        });
  }

  void store(ApiKey key, KeyStatus status) {
    store(key, application.id(), status);
  }

  /** A key of an application. */
  void store(ApiKey key, ApplicationId whose, KeyStatus status) {
    keys.put(KeyRecord.of(UUID.randomUUID(), key, whose, NewKey.PLAIN, status, Instant.now()));
  }

  private static Answer answer(APIGatewayProxyResponseEvent response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RESPONSES.toJson(response, bytes);
    JsonNode json = Specification.read(bytes.toString(UTF_8));
    return new Answer(
        json.path("statusCode").asInt(), json.path("headers"), json.path("body").textValue());
  }

  @SuppressWarnings("unchecked")
  private RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler(
      String function) {
    try {
      return (RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>)
          Class.forName("dev.facet.api." + function + "Handler")
              .getConstructor(Services.class)
              .newInstance(services);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no handler for " + function, e);
    }
  }

  private static FaceService inProcess() {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    InMemoryGalleryStore store = new InMemoryGalleryStore(clock);
    Galleries galleries = new Galleries(store, GalleryLimits.unlimited(64 << 20), clock, random);
    return new LocalFaceService(
        ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4))),
        galleries,
        new ImageKeeper(new InMemoryImageStore(), store, clock, random),
        new SubjectIds(SubjectIds.NEC_PREFIX, random),
        new EmbeddingIdentities(
            galleries, MatchingRules.DEFAULT, new JsonResultCodec(), clock, random),
        new JsonResultCodec(),
        clock);
  }
}
