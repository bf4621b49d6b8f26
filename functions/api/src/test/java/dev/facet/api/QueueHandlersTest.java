package dev.facet.api;

import static dev.facet.api.NodeCaller.face;
import static dev.facet.api.TestService.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.TestService.Answer;
import dev.facet.api.http.NodePorts;
import dev.facet.api.tasks.DeadLetterHandler;
import dev.facet.api.tasks.EnrolmentWorkerHandler;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.wire.FaceTransport;
import dev.facet.core.fakes.InMemoryJobs;
import dev.facet.core.fakes.InMemoryQueue;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.jobs.JobCodec;
import dev.facet.core.jobs.JobIds;
import dev.facet.core.jobs.JobStatuses;
import dev.facet.core.jobs.Jobs;
import dev.facet.core.jobs.QueuedEnrolments;
import dev.facet.core.jobs.SecretBackedKeys;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.RateLimiter;
import dev.facet.core.payload.PayloadCiphers;
import dev.facet.core.payload.PayloadContext.Field;
import dev.facet.core.retry.Retries;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Enrolments through the queue: the handlers on both of its sides. */
class QueueHandlersTest {

  private static final ApiKey OTHER = new ApiKey("FacetEventKey000000000000002");

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock();
  private final SecretBackedKeys keys = new SecretBackedKeys(new byte[32], random);
  private final JobIds ids = new JobIds(keys, clock, random);
  private final JobCodec sealed = new JobCodec(keys, random);
  private final InMemoryQueue queue = new InMemoryQueue();
  private final InMemoryJobs records = new InMemoryJobs();
  private final AtomicReference<FaceService> real =
      new AtomicReference<>(FaultyFaces.with(new IllegalStateException("not made yet")));
  private final TestService service =
      new TestService(
          faces -> {
            real.set(faces);
            return FaultyFaces.with(new TransientFault(Kind.THROTTLED, "on purpose"));
          },
          new NodePorts(
              new PayloadCiphers(1, random),
              RateLimiter.NONE,
              this::accept,
              new JobStatuses(ids, records, clock)));
  private final NodeCaller caller = NodeCaller.of(service);

  /** Waits on a clock of its own, so that a request does not use up the time of the next one. */
  private Optional<EnrolmentQueue.Outcome> accept(
      EnrolFeatures command, EnrolmentQueue.Form form, Instant until, TransientFault obstacle) {
    SettableClock waiting = new SettableClock();
    return new QueuedEnrolments(ids, sealed, queue, records, waiting, waiting::advance)
        .accept(command, form, until, obstacle);
  }

  private FaceService real() {
    return requireNonNull(real.get());
  }

  private Answer ask(String version, String job, ApiKey key, String encryption) {
    ObjectNode event = event("node-job");
    event.withObject("/pathParameters").put("job", job).put("version", version);
    event.withObject("/headers").put("x-api-key", key.secret());
    event.withObject("/headers").put("x-encryption-version", encryption);
    return service.invoke(event);
  }

  private Answer ask(String version, String job) {
    return ask(version, job, TestService.KEY, "1");
  }

  private static String job(Answer answer) {
    assertThat(answer.status()).isEqualTo(202);
    return answer.body().path("job_id").asText();
  }

  /** Delivers messages as Lambda does; says which have to be delivered again. */
  private List<String> deliver(FaceService faces, int receive, List<String> messages) {
    ObjectNode event = Specification.JSON.createObjectNode();
    ArrayNode list = event.putArray("Records");
    for (int i = 0; i < messages.size(); i++) {
      list.addObject()
          .put("messageId", "m" + i)
          .put("receiptHandle", "r" + i)
          .put("body", messages.get(i))
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", "arn:aws:sqs:ap-southeast-2:123456789012:enrol")
          .putObject("attributes")
          .put("ApproximateReceiveCount", "" + receive);
    }
    SQSEvent read =
        LambdaEventSerializers.serializerFor(SQSEvent.class, getClass().getClassLoader())
            .fromJson(new ByteArrayInputStream(event.toString().getBytes(UTF_8)));
    SQSBatchResponse response =
        new EnrolmentWorkerHandler(new EnrolmentWorker(faces, sealed, records, clock), queue, clock)
            .handleRequest(read, service.context(30_000));
    return response.getBatchItemFailures().stream()
        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }

  @Test
  void a_plain_job_is_shown_in_rot13_and_an_encrypted_one_under_the_key_that_asks() {
    String plain = job(caller.plainEnroll(face("ann", 1)));
    String encrypted = job(caller.enroll(face("bob", 1)));
    assertThat(ask("FACE3_3", plain).body().path("state").asText()).isEqualTo("queued");
    assertThat(deliver(real(), 1, queue.messages())).isEmpty();

    Answer ann = ask("FACE3_3", plain);
    assertThat(ann.status()).isEqualTo(200);
    assertThat(ann.body().path("state").asText()).isEqualTo("done");
    assertThat(ann.body().path("puid").asText()).matches("(\\w{4,8}-){2,}.*");
    service.store(OTHER, service.application.id(), KeyStatus.ACTIVE);
    NodeCaller other = caller.as(OTHER).speaking("3");
    Answer bob = ask("FACE3_1", encrypted, OTHER, "3");
    assertThat(other.opened(bob.body(), Field.PUID)).isNotNull();
    assertThat(bob.body().path("score").intValue()).isZero();
  }

  @Test
  void another_applications_job_and_an_invented_one_are_unknown() {
    String job = job(caller.plainEnroll(face("ann", 1)));
    service.applications.put(Application.withDefaults(new ApplicationId(new UUID(1, 1))));
    service.store(OTHER, new ApplicationId(new UUID(1, 1)), KeyStatus.ACTIVE);
    for (Answer answer :
        List.of(
            ask("FACE3_3", job, OTHER, "1"),
            ask("FACE3_1", job),
            ask("FACE3_3", "made-by-the-service"),
            ask("FACE3_3", ""))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text()).isEqualTo("{\"status\":-1,\"message\":\"No such job\"}");
    }
  }

  @Test
  void a_refused_job_tells_why_and_one_bad_message_does_not_spoil_the_others() {
    String strangers = job(caller.plainEnroll(face("ann", 1), face("bob", 1)));
    String good = job(caller.plainEnroll(face("cyd", 1)));
    List<String> messages = new ArrayList<>(queue.messages());
    messages.add(1, "not ours");
    assertThat(deliver(real(), 1, messages)).containsExactly("m1");
    Answer refused = ask("FACE3_3", strangers);
    assertThat(refused.body().path("state").asText()).isEqualTo("refused");
    assertThat(refused.body().path("status").intValue()).isEqualTo(152);
    assertThat(ask("FACE3_3", good).body().path("state").asText()).isEqualTo("done");
  }

  @Test
  void a_job_that_fails_thrice_is_queued_until_its_replays_are_over_and_then_dead() {
    String thrice = job(caller.plainEnroll(face("ann", 1)));
    FaceService failing =
        new FaceService() {
          @Override
          public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
            throw new TransientFault(Kind.TIMEOUT, "on purpose");
          }
        };
    for (int receive = 1; receive <= 3; receive++) {
      assertThat(ask("FACE3_3", thrice).body().path("state").asText()).isEqualTo("queued");
      assertThat(deliver(failing, receive, queue.messages())).containsExactly("m0");
    }
    assertThat(ask("FACE3_3", thrice).body().path("state").asText()).isEqualTo("queued");
    queue.giveUp(queue.messages().getLast(), clock.instant());
    clock.advance(Duration.ofMinutes(16));
    DeadLetterHandler handler =
        new DeadLetterHandler(
            new DeadLetterService(queue, queue, records, (application, id) -> false, clock),
            clock,
            Telemetry.NONE);
    assertThat(handler.handleRequest(new ScheduledEvent(), service.context(30_000))).isEqualTo(1);
    assertThat(deliver(failing, 3, queue.messages())).containsExactly("m0");
    queue.giveUp(queue.messages().getLast(), clock.instant().plus(Duration.ofDays(13)));
    clock.advance(Duration.ofDays(13));
    handler.handleRequest(new ScheduledEvent(), service.context(30_000));
    assertThat(ask("FACE3_3", thrice).body().path("state").asText()).isEqualTo("dead");
    assertThat(String.join("", service.log))
        .contains("\"receive\":3", "\"replayed\":1", "\"settled\":1");
  }

  /** The face call may reply late, and its outcome is recorded before the time limit. */
  @Test
  void a_face_call_that_hangs_ends_before_the_worker() {
    AtomicReference<Instant> deadline = new AtomicReference<>(Instant.MAX);
    FaceService hanging =
        new FaceService() {
          @Override
          public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
            deadline.set(command.call().deadline());
            throw new TransientFault(Kind.TIMEOUT, "on purpose");
          }
        };
    caller.plainEnroll(face("ann", 1));
    Instant killed = clock.instant().plusMillis(30_000);
    deliver(hanging, 1, queue.messages());
    Duration left = Duration.between(requireNonNull(deadline.get()), killed);
    assertThat(left)
        .isGreaterThan(FaceTransport.REPLY_TIME.plus(Retries.SHORT_RETRY))
        .isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_job_of_which_nothing_is_known_expires() {
    String job = job(caller.plainEnroll(face("ann", 1)));
    clock.advance(Jobs.LIFE.plus(Duration.ofSeconds(1)));
    assertThat(ask("FACE3_3", job).body().path("state").asText()).isEqualTo("expired");
  }
}
