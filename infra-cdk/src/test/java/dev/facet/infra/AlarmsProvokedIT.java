package dev.facet.infra;

import static dev.facet.core.fakes.FakeFaces.photo;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.node.DeleteUserHandler;
import dev.facet.aws.telemetry.Metrics;
import dev.facet.aws.telemetry.RequestOutcome;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.EmbeddingIdentities;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceCommand.Register;
import dev.facet.core.faces.FaceCommand.Search;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faces.LocalFaceService;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.subjects.SubjectIds;
import dev.facet.face.lambda.ObservedFaceService;
import dev.facet.infra.CloudWatchModel.MetricId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Raises each alarm of the template, in a model of CloudWatch, by the condition that it is for and
 * by no other. Metrics of ours are lines that the functions' code emits; metrics of AWS are
 * compared with the published names and dimensions.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlarmsProvokedIT {

  /**
   * The metrics that AWS publishes, with the sets of dimensions under which it does.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">Lambda</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html">API
   *     Gateway</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html">SQS</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html">DynamoDB</a>
   */
  private static final Map<String, Published> PUBLISHED =
      Map.of(
          "AWS/Lambda",
          new Published(
              Set.of("Invocations", "Errors", "Throttles", "Duration", "DeadLetterErrors"),
              Set.of(Set.of("FunctionName"), Set.of("FunctionName", "Resource"))),
          "AWS/ApiGateway",
          new Published(
              Set.of("4XXError", "5XXError", "Count", "IntegrationLatency", "Latency"),
              Set.of(
                  Set.of("ApiName"),
                  Set.of("ApiName", "Stage"),
                  Set.of("ApiName", "Method", "Resource", "Stage"))),
          "AWS/SQS",
          new Published(
              Set.of(
                  "ApproximateAgeOfOldestMessage",
                  "ApproximateNumberOfMessagesVisible",
                  "ApproximateNumberOfMessagesNotVisible"),
              Set.of(Set.of("QueueName"))),
          "AWS/DynamoDB",
          new Published(
              Set.of("ReadThrottleEvents", "WriteThrottleEvents"),
              Set.of(Set.of("TableName"), Set.of("GlobalSecondaryIndexName", "TableName"))));

  private static final int REQUESTS = 40;

  private final Synthesis synthesis = Synthesis.ofDefaults();
  private final Map<String, JsonNode> alarms = new TreeMap<>();
  private final Map<String, Consumer<CloudWatchModel>> conditions = new HashMap<>();

  private record Published(Set<String> names, Set<Set<String>> dimensions) {}

  AlarmsProvokedIT() throws JsonProcessingException {
    synthesis
        .resources("AWS::CloudWatch::Alarm")
        .forEach(
            (id, alarm) ->
                alarms.put(
                    id.replaceFirst("^Alarms", "").replaceFirst("[0-9A-F]{8}$", ""),
                    alarm.required("Properties")));
    conditions.put(
        "ServerErrors",
        cloud -> repeat(2, () -> cloud.put(ofExpression("ServerErrors", "all"), 1)));
    conditions.put("Latency", cloud -> cloud.put(MetricId.of(alarm("Latency")), 12_000));
    Stream.of("FaceErrors", "DeadLetterErrors", "SweepImagesErrors", "RepairKeysErrors")
        .forEach(name -> conditions.put(name, cloud -> cloud.put(MetricId.of(alarm(name)), 1)));
    for (String name : List.of("Throttles0", "Throttles1")) {
      conditions.put(name, cloud -> cloud.put(ofExpression(name, "m5"), 1));
    }
    for (String name :
        List.of("DataTableThrottles", "KeysTableThrottles", "LedgerTableThrottles")) {
      conditions.put(name, cloud -> cloud.put(ofExpression(name, "writes"), 1));
    }
    conditions.put("QueueAge", cloud -> cloud.put(MetricId.of(alarm("QueueAge")), 301));
    conditions.put("DeadLetters", cloud -> cloud.put(MetricId.of(alarm("DeadLetters")), 1));
    JsonNode gallery = galleryLine();
    conditions.put("GallerySize", cloud -> cloud.put(with(gallery, "GallerySize", 32_001)));
    conditions.put("LogBytes", cloud -> cloud.put(with(gallery, "LogBytes", 300_000_000)));
    JsonNode damaged = damagedLine();
    conditions.put("LogDamaged", cloud -> cloud.put(damaged));
  }

  @Test
  void healthy_traffic_raises_no_alarm() {
    assertThat(raised(healthy("none"))).isEmpty();
  }

  @Test
  void each_alarm_is_raised_by_its_condition_alone() {
    Set<String> absent = new TreeSet<>(alarms.keySet());
    absent.removeAll(conditions.keySet());
    assertThat(absent).containsExactly("DeadLetterAbsent", "RepairKeysAbsent", "SweepImagesAbsent");
    for (String name : alarms.keySet()) {
      // a schedule that stops leaves no data
      CloudWatchModel cloud = healthy(name);
      conditions.getOrDefault(name, c -> {}).accept(cloud);
      assertThat(raised(cloud)).as(name).containsExactly(name);
    }
  }

  @Test
  void a_deletion_without_a_puid_raises_no_alarm_but_a_fault_of_it_does() throws Exception {
    CloudWatchModel mistakes = healthy("none");
    repeat(
        REQUESTS / 2,
        () -> {
          mistakes.put(ofExpression("ServerErrors", "all"), 1);
          mistakes.put(ofExpression("ServerErrors", "deletions"), 1);
        });
    assertThat(raised(mistakes)).isEmpty();
    for (RequestOutcome outcome : List.of(RequestOutcome.FAULT, RequestOutcome.TIMEOUT)) {
      CloudWatchModel faults = healthy("none");
      List<String> lines = new ArrayList<>();
      Telemetry telemetry = new Telemetry("Facet", Clock.systemUTC(), lines::add);
      repeat(
          REQUESTS / 2,
          () ->
              telemetry.emit(
                  Metrics.ofRequest(DeleteUserHandler.class.getSimpleName(), outcome, 5, false)));
      for (String line : lines) {
        faults.put(Synthesis.JSON.readTree(line));
      }
      assertThat(raised(faults)).as(outcome.toString()).containsExactly("ServerErrors");
    }
  }

  @Test
  void metrics_of_AWS_are_published_under_these_names_and_dimensions() {
    Set<String> watched = new TreeSet<>();
    for (JsonNode alarm : alarms.values()) {
      List<JsonNode> metrics = new ArrayList<>();
      if (alarm.has("MetricName")) {
        metrics.add(alarm);
      }
      alarm.path("Metrics").forEach(each -> metrics.add(each.at("/MetricStat/Metric")));
      for (JsonNode metric : metrics) {
        if (!metric.isMissingNode() && !metric.path("Namespace").asText().equals("Facet")) {
          MetricId id = MetricId.of(metric);
          watched.add(id.namespace());
          Published published = requireNonNull(PUBLISHED.get(id.namespace()), id.namespace());
          assertThat(published.names()).contains(id.name());
          assertThat(published.dimensions()).contains(id.dimensions().keySet());
        }
      }
    }
    assertThat(watched).containsExactlyInAnyOrderElementsOf(PUBLISHED.keySet());
  }

  private Set<String> raised(CloudWatchModel cloud) {
    Set<String> raised = new TreeSet<>();
    alarms.forEach(
        (name, alarm) -> {
          if (cloud.raises(alarm)) {
            raised.add(name);
          }
        });
    return raised;
  }

  /** Returns a period in which all schedules but one run and requests are answered. */
  private CloudWatchModel healthy(String stopped) {
    CloudWatchModel cloud = new CloudWatchModel();
    repeat(REQUESTS, () -> cloud.put(ofExpression("ServerErrors", "requests"), 1));
    cloud.put(MetricId.of(alarm("Latency")), 200);
    for (String name : List.of("DeadLetterAbsent", "RepairKeysAbsent", "SweepImagesAbsent")) {
      if (!name.equals(stopped)) {
        cloud.put(MetricId.of(alarm(name)), 1);
      }
    }
    return cloud;
  }

  private JsonNode alarm(String name) {
    return requireNonNull(alarms.get(name), name);
  }

  private MetricId ofExpression(String alarm, String id) {
    for (JsonNode metric : alarm(alarm).required("Metrics")) {
      if (metric.required("Id").textValue().equals(id)) {
        return MetricId.of(metric.at("/MetricStat/Metric"));
      }
    }
    throw new AssertionError(alarm + " has no " + id);
  }

  private static void repeat(int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }

  private static JsonNode with(JsonNode line, String metric, long value) {
    assertThat(line.path(metric).isNumber()).as(metric).isTrue();
    return ((ObjectNode) line.deepCopy()).put(metric, value);
  }

  /** Returns the line that the face function emits about a gallery after a search. */
  private static JsonNode galleryLine() throws JsonProcessingException {
    return emitted(null, "GallerySize");
  }

  private static JsonNode damagedLine() throws JsonProcessingException {
    return emitted(
        new FaceService() {
          @Override
          public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
            throw new InternalFault(InternalFault.Kind.DAMAGED_LOG, "a hole");
          }
        },
        "LogDamaged");
  }

  private static JsonNode emitted(@Nullable FaceService broken, String metric)
      throws JsonProcessingException {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    InMemoryGalleryStore store = new InMemoryGalleryStore(clock);
    Galleries galleries = new Galleries(store, GalleryLimits.unlimited(64 << 20), clock, random);
    ImageBundles bundles =
        ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4)));
    FaceService working =
        new LocalFaceService(
            bundles,
            galleries,
            new ImageKeeper(new InMemoryImageStore(), store, clock, random),
            new SubjectIds(SubjectIds.NEC_PREFIX, random),
            new EmbeddingIdentities(
                galleries, MatchingRules.DEFAULT, new JsonResultCodec(), clock, random),
            new JsonResultCodec(),
            clock);
    List<String> lines = new ArrayList<>();
    FaceService observed =
        new ObservedFaceService(
            broken == null ? working : broken,
            galleries,
            bundles.ids(),
            clock,
            line -> {},
            new Telemetry("Facet", clock, lines::add));
    try {
      ApplicationId application = new ApplicationId(UUID.randomUUID());
      observed.execute(new Register(call(application), photo("ann/1")));
      observed.execute(new Search(call(application), photo("ann/2"), 7_000, 10));
    } catch (InternalFault onPurpose) {
      assertThat(broken).isNotNull();
    }
    return Synthesis.JSON.readTree(
        lines.stream().filter(line -> line.contains(metric)).findFirst().orElseThrow());
  }

  private static CallContext call(ApplicationId application) {
    return new CallContext(
        Application.withDefaults(application),
        new OperationId(UUID.randomUUID().toString()),
        "",
        Instant.now().plusSeconds(20),
        "order 17");
  }
}
