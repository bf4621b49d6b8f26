package dev.facet.core.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.ApplicationCheck;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.EmbeddingIdentities;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.EnrolmentQueue.Form;
import dev.facet.core.faces.EnrolmentQueue.Outcome;
import dev.facet.core.faces.EnrolmentQueue.Waiting;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faces.LocalFaceService;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.FlakyGalleryStore;
import dev.facet.core.fakes.FlakyGalleryStore.Crash;
import dev.facet.core.fakes.FlakyGalleryStore.Mishap;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.fakes.InMemoryJobs;
import dev.facet.core.fakes.InMemoryQueue;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.CallerFault.EnrolmentFailed;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Template;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.jobs.EnrolmentWorker.Attempt.Again;
import dev.facet.core.jobs.EnrolmentWorker.Attempt.Settled;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Done;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Queued;
import dev.facet.core.jobs.JobState.Refused;
import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectIds;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Enrolments that are queued, delivered in every bad way, and done once. */
class JobsTest {

  private static final ModelVersion VERSION = new ModelVersion("FACE3_3");
  private static final TransientFault OBSTACLE = new TransientFault(Kind.THROTTLED, "on purpose");

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock();
  private final Application application =
      Application.withDefaults(new ApplicationId(UUID.randomUUID()));
  private final SecretBackedKeys keys = new SecretBackedKeys(new byte[32], random);
  private final JobIds ids = new JobIds(keys, clock, random);
  private final JobCodec sealed = new JobCodec(keys, random);
  private final InMemoryQueue queue = new InMemoryQueue();
  private final InMemoryJobs records = new InMemoryJobs();
  private final InMemoryGalleryStore galleries = new InMemoryGalleryStore(clock);
  private final JobStatuses jobs = new JobStatuses(ids, records, clock);

  private FaceService faces(GalleryStore store) {
    Galleries opened = new Galleries(store, GalleryLimits.unlimited(64 << 20), clock, random);
    return new LocalFaceService(
        ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4))),
        opened,
        new ImageKeeper(new InMemoryImageStore(), galleries, clock, random),
        new SubjectIds(SubjectIds.NEC_PREFIX, random),
        new EmbeddingIdentities(
            opened, MatchingRules.DEFAULT, new JsonResultCodec(), clock, random),
        new JsonResultCodec(),
        clock);
  }

  private EnrolmentWorker worker(FaceService faces, JobStore store) {
    return new EnrolmentWorker(faces, sealed, store, clock);
  }

  private EnrolmentWorker worker() {
    return worker(faces(galleries), records);
  }

  private Instant soon() {
    return clock.instant().plusSeconds(20);
  }

  private EnrolFeatures enrolment(String name, Template... templates) {
    CallContext call =
        new CallContext(application, new OperationId("op-" + name), "digest", soon(), "trace-1");
    return new EnrolFeatures(call, VERSION, List.of(templates), "name of " + name);
  }

  private EnrolFeatures enrolment(String name) {
    return enrolment(name, FakeFaces.template(name, "1"));
  }

  private Optional<Outcome> accept(EnrolFeatures command, Runnable meanwhile) {
    return new QueuedEnrolments(
            ids,
            sealed,
            queue,
            records,
            clock,
            time -> {
              clock.advance(time);
              meanwhile.run();
            })
        .accept(command, Form.PLAIN, clock.instant().plusSeconds(5), OBSTACLE);
  }

  /** Queues an enrolment whose request does not wait; returns its message. */
  private String queued(EnrolFeatures command) {
    assertThat(accept(command, () -> {})).get().isInstanceOf(Waiting.class);
    return queue.messages().getLast();
  }

  private long people() {
    GalleryId gallery = GalleryId.ofEmbeddings(application.id(), VERSION.value());
    return galleries.head(gallery, soon()).count();
  }

  private static FaceService failing(RuntimeException failure) {
    return new FaceService() {
      @Override
      public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
        throw failure;
      }
    };
  }

  private DeadLetterService deadLetters() {
    return new DeadLetterService(
        queue, queue, records, OperationRecords.in(galleries, clock), clock);
  }

  private JobState state(String message) {
    return jobs.find(JobCodec.id(message).text(), application.id(), VERSION).orElseThrow().state();
  }

  @Test
  void a_request_waits_for_its_job_and_is_answered_as_if_nothing_had_happened() {
    AtomicInteger looks = new AtomicInteger();
    Optional<Outcome> outcome =
        accept(
            enrolment("ann"),
            () -> {
              if (looks.incrementAndGet() == 3) {
                worker().attempt(queue.messages().getFirst(), soon());
              }
            });
    assertThat(outcome)
        .get()
        .isInstanceOfSatisfying(
            dev.facet.core.faces.EnrolmentQueue.Done.class,
            done -> assertThat(done.answer().known()).isFalse());
    assertThat(people()).isEqualTo(1);
  }

  @Test
  void a_request_whose_job_takes_too_long_is_told_its_id() {
    Instant begin = clock.instant();
    Outcome outcome = accept(enrolment("ann"), () -> {}).orElseThrow();
    assertThat(clock.instant()).isBefore(begin.plusSeconds(5));
    Waiting waiting = (Waiting) outcome;
    Jobs.Known known = jobs.find(waiting.jobId(), application.id(), VERSION).orElseThrow();
    assertThat(known).isEqualTo(new Jobs.Known(Form.PLAIN, new Queued()));
  }

  @Test
  void jobs_of_an_application_that_was_erased_end_refused() {
    FaceService faces =
        new ApplicationCheck(faces(galleries), id -> Optional.empty(), clock, Retries.of(clock));
    List<String> messages =
        List.of(queued(enrolment("ann")), queued(enrolment("bob")), queued(enrolment("cid")));

    assertThat(worker(faces, records).attempt(messages, soon()))
        .hasOnlyElementsOfType(Settled.class);

    for (String message : messages) {
      assertThat(state(message))
          .isInstanceOfSatisfying(
              Refused.class, it -> assertThat(it.fault()).isInstanceOf(InvalidRequest.class));
    }
    assertThat(people()).isZero();
  }

  @Test
  void a_refusal_is_thrown_as_if_the_request_had_met_it() {
    EnrolFeatures strangers =
        enrolment("ann", FakeFaces.template("ann", "1"), FakeFaces.template("bob", "1"));
    assertThatThrownBy(
            () -> accept(strangers, () -> worker().attempt(queue.messages().getFirst(), soon())))
        .isInstanceOf(EnrolmentFailed.class);
    assertThat(state(queue.messages().getFirst()))
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.fault()).isInstanceOf(EnrolmentFailed.class));
  }

  @Test
  void what_the_queue_does_not_take_is_not_accepted() {
    queue.refuse();
    assertThat(accept(enrolment("ann"), () -> {})).isEmpty();
  }

  @Test
  void what_the_queue_took_without_an_answer_is_not_called_refused() {
    queue.loseAnswers();
    Outcome outcome = accept(enrolment("ann"), () -> {}).orElseThrow();
    assertThat(outcome).isInstanceOf(EnrolmentQueue.Uncertain.class);
    String id = ((EnrolmentQueue.Uncertain) outcome).jobId();
    assertThat(queue.messages()).hasSizeGreaterThan(1).allMatch(it -> id(it).equals(id));
    queue.messages().forEach(message -> worker().attempt(message, soon()));
    assertThat(people()).isEqualTo(1);
    assertThat(jobs.find(id, application.id(), VERSION).orElseThrow().state())
        .isInstanceOf(Done.class);
  }

  private static String id(String message) {
    return JobCodec.id(message).text();
  }

  @Test
  void a_job_that_is_done_answers_even_if_the_queue_never_did() {
    queue.loseAnswers();
    Optional<Outcome> outcome =
        accept(enrolment("ann"), () -> worker().attempt(queue.messages().getFirst(), soon()));
    assertThat(outcome).get().isInstanceOf(EnrolmentQueue.Done.class);
  }

  /** A wait would occupy the capacity that the worker needs. */
  @Test
  void a_request_without_capacity_does_not_wait_for_its_job() {
    Instant begin = clock.instant();
    Optional<Outcome> outcome =
        new QueuedEnrolments(ids, sealed, queue, records, clock, clock::advance)
            .accept(
                enrolment("ann"),
                Form.PLAIN,
                begin.plusSeconds(20),
                new TransientFault(Kind.NO_CAPACITY, "on purpose"));
    assertThat(outcome).get().isInstanceOf(Waiting.class);
    assertThat(clock.instant()).isBefore(begin.plusSeconds(5));
  }

  @Test
  void a_damaged_record_does_not_fail_an_accepted_job() {
    JobStore damaged =
        new JobStore() {
          @Override
          public Optional<JobState.Outcome> find(JobId id) {
            throw new InternalFault("damaged on purpose");
          }

          @Override
          public void settle(JobId id, JobState.Outcome outcome) {}

          @Override
          public void revive(JobId id) {}
        };
    Optional<Outcome> outcome =
        new QueuedEnrolments(ids, sealed, queue, damaged, clock, clock::advance)
            .accept(enrolment("ann"), Form.PLAIN, clock.instant().plusSeconds(5), OBSTACLE);
    assertThat(outcome).get().isInstanceOf(Waiting.class);
  }

  /** The real clock runs: the key service is silent for longer than the request may take. */
  @Test
  void a_key_service_that_hangs_holds_up_no_request() {
    DataKeys hanging =
        new DataKeys() {
          @Override
          public DataKey create(String context) {
            LockSupport.parkNanos(Duration.ofSeconds(30).toNanos());
            return keys.create(context);
          }

          @Override
          public byte[] unwrap(byte[] wrapped, String context) {
            return keys.unwrap(wrapped, context);
          }
        };
    Instant until = clock.instant().plusMillis(1_100);
    Optional<Outcome> outcome =
        new QueuedEnrolments(
                ids, new JobCodec(hanging, random), queue, records, clock, clock::advance)
            .accept(enrolment("ann"), Form.PLAIN, until, OBSTACLE);
    assertThat(outcome).isEmpty();
    assertThat(queue.messages()).isEmpty();
  }

  @Test
  void records_that_cant_be_read_do_not_harm_an_accepted_job() {
    JobStore unreadable =
        new JobStore() {
          @Override
          public Optional<JobState.Outcome> find(JobId id) {
            throw OBSTACLE;
          }

          @Override
          public void settle(JobId id, JobState.Outcome outcome) {
            throw OBSTACLE;
          }

          @Override
          public void revive(JobId id) {
            throw OBSTACLE;
          }
        };
    Optional<Outcome> outcome =
        new QueuedEnrolments(ids, sealed, queue, unreadable, clock, clock::advance)
            .accept(enrolment("ann"), Form.PLAIN, clock.instant().plusSeconds(5), OBSTACLE);
    assertThat(outcome).get().isInstanceOf(Waiting.class);
    assertThat(worker(faces(galleries), unreadable).attempt(queue.messages().getFirst(), soon()))
        .isInstanceOf(Again.class);
  }

  @Test
  void a_message_delivered_often_and_in_any_order_makes_one_subject() {
    List<String> messages = new ArrayList<>();
    for (String person : List.of("ann", "bob", "cyd")) {
      String message = queued(enrolment(person));
      messages.addAll(List.of(message, message, message));
    }
    Collections.shuffle(messages, new Random(7));
    messages.forEach(
        message -> assertThat(worker().attempt(message, soon())).isEqualTo(new Settled()));
    assertThat(people()).isEqualTo(3);
    assertThat(messages).allMatch(message -> state(message) instanceof Done);
  }

  @Test
  void who_was_deleted_is_not_enrolled_again_by_a_late_delivery() {
    FaceService service = faces(galleries);
    String message = queued(enrolment("ann"));
    worker(service, records).attempt(message, soon());
    Enrolled ann = ((Done) state(message)).answer();
    CallContext call = new CallContext(application, new OperationId("delete"), "", soon(), "t");
    service.execute(new FaceCommand.DeletePerson(call, VERSION, ann.person().puid()));
    clock.advance(Duration.ofDays(2));
    assertThat(worker(service, records).attempt(message, soon())).isEqualTo(new Settled());
    assertThat(people()).isZero();
  }

  private void delete(FaceService service, Enrolled person) {
    CallContext call = new CallContext(application, new OperationId("delete"), "", soon(), "t");
    service.execute(new FaceCommand.DeletePerson(call, VERSION, person.person().puid()));
  }

  /** The request's own attempt commits, but its answer is lost. */
  @Test
  void a_first_delivery_after_days_enrols_no_deleted_person_again() {
    FaceService service = faces(galleries);
    EnrolFeatures ann = enrolment("ann");
    Enrolled enrolled = service.execute(ann);
    String message = queued(ann);
    delete(service, enrolled);
    clock.advance(EnrolmentQueue.MAX_AGE.minusMinutes(1));
    assertThat(worker(faces(galleries), records).attempt(message, soon())).isEqualTo(new Settled());
    assertThat(people()).isZero();
    assertThat(((Done) state(message)).answer()).isEqualTo(enrolled);
  }

  @Test
  void a_replay_enrols_no_deleted_person_again() {
    FaceService service = faces(galleries);
    String message = queued(enrolment("ann"));
    JobStore unwritable = new Unwritable(records);
    for (int receive = 1; receive <= EnrolmentWorker.MAX_RECEIVES; receive++) {
      assertThat(worker(service, unwritable).attempt(message, soon())).isInstanceOf(Again.class);
    }
    queue.giveUp(message);
    delete(service, service.execute(enrolment("ann")));
    clock.advance(Duration.ofDays(2));
    DeadLetterService dead = deadLetters();
    dead.replay(null);
    assertThat(worker().attempt(queue.messages().getLast(), soon())).isEqualTo(new Settled());
    assertThat(people()).isZero();
  }

  /** Reads, but refuses to write. */
  private record Unwritable(JobStore store) implements JobStore {
    @Override
    public Optional<JobState.Outcome> find(JobId id) {
      return store.find(id);
    }

    @Override
    public void settle(JobId id, JobState.Outcome outcome) {
      throw OBSTACLE;
    }

    @Override
    public void revive(JobId id) {
      throw OBSTACLE;
    }
  }

  @Test
  void a_job_older_than_14_days_expires_without_an_enrolment() {
    String message = queued(enrolment("ann"));
    clock.advance(EnrolmentQueue.MAX_AGE);
    assertThat(worker().attempt(message, soon())).isEqualTo(new Settled());
    assertThat(people()).isZero();
    assertThat(state(message)).isEqualTo(new Expired());
  }

  @Test
  void a_replay_of_a_job_older_than_14_days_settles_it_as_expired() {
    String message = queued(enrolment("ann"));
    queue.giveUp(message);
    clock.advance(EnrolmentQueue.MAX_AGE);
    DeadLetterService dead = deadLetters();
    dead.replay(null);
    assertThat(queue.messages()).isEmpty();
    assertThat(dead.list()).isEmpty();
    assertThat(state(message)).isEqualTo(new Expired());
  }

  /** The id is issued after the request's attempt, which may have been the enrolling commit. */
  @Test
  void records_outlive_every_attempt_at_an_enrolment() {
    Duration request = Duration.ofSeconds(30);
    Duration attempt = Duration.ofSeconds(30);
    assertThat(EnrolmentQueue.RECORD_LIFE)
        .isGreaterThan(EnrolmentQueue.MAX_AGE.plus(request).plus(attempt));
    assertThat(Jobs.LIFE).isEqualTo(EnrolmentQueue.RECORD_LIFE);
    EnrolFeatures ann = enrolment("ann");
    Instant before = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    faces(galleries).execute(ann);
    assertThat(galleries.operation(application.id(), ann.call().operation(), soon()))
        .get()
        .isInstanceOfSatisfying(
            Operation.class,
            it ->
                assertThat(it.expires()).isAfterOrEqualTo(before.plus(EnrolmentQueue.RECORD_LIFE)));
  }

  /** Before or after the commit, or with its answer lost: the next delivery finds what is there. */
  @ParameterizedTest
  @EnumSource(Mishap.class)
  void a_worker_that_ends_at_the_commit_is_followed_by_one_that_finishes(Mishap mishap) {
    String message = queued(enrolment("ann"));
    EnrolmentWorker first = worker(faces(new FlakyGalleryStore(galleries, mishap)), records);
    Throwable end = catchThrowable(() -> first.attempt(message, soon()));
    assertThat(end == null || end instanceof Crash).isTrue();
    assertThat(worker().attempt(message, soon())).isEqualTo(new Settled());
    assertThat(people()).isEqualTo(1);
    assertThat(((Done) state(message)).answer().known()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void a_worker_that_ends_at_its_record_is_followed_by_one_that_finishes(Step step) {
    String message = queued(enrolment("ann"));
    EnrolmentWorker first = worker(faces(galleries), new Mortal(records, step));
    assertThatThrownBy(() -> first.attempt(message, soon())).isInstanceOf(StackOverflowError.class);
    assertThat(worker().attempt(message, soon())).isEqualTo(new Settled());
    assertThat(people()).isEqualTo(1);
    assertThat(state(message)).isInstanceOf(Done.class);
  }

  enum Step {
    BEFORE_FINDING,
    BEFORE_SETTLING,
    AFTER_SETTLING
  }

  /** A store in whose company a process ends. */
  private record Mortal(JobStore store, Step step) implements JobStore {
    @Override
    public Optional<JobState.Outcome> find(JobId id) {
      at(Step.BEFORE_FINDING);
      return store.find(id);
    }

    @Override
    public void settle(JobId id, JobState.Outcome outcome) {
      at(Step.BEFORE_SETTLING);
      store.settle(id, outcome);
      at(Step.AFTER_SETTLING);
    }

    @Override
    public void revive(JobId id) {
      store.revive(id);
    }

    private void at(Step here) {
      if (here == step) {
        throw new StackOverflowError("the process ends here");
      }
    }
  }

  @Test
  void a_worker_waits_out_a_store_of_records_that_throttles() {
    String message = queued(enrolment("ann"));
    Refusing refusing = new Refusing(records);
    Retries retries = new Retries(clock, clock::advance, random);
    EnrolmentWorker worker = worker(faces(galleries), new RetryingJobStore(refusing, retries));
    assertThat(worker.attempt(message, soon())).isEqualTo(new Settled());
    assertThat(refusing.refused).containsOnly(Map.entry("find", 3), Map.entry("settle", 3));
    assertThat(people()).isEqualTo(1);
  }

  /** Refuses three calls of each kind. */
  private static final class Refusing implements JobStore {
    private final JobStore store;
    private final Map<String, Integer> refused = new HashMap<>();

    Refusing(JobStore store) {
      this.store = store;
    }

    private void perhaps(String call) {
      if (refused.getOrDefault(call, 0) < 3) {
        refused.merge(call, 1, Integer::sum);
        throw OBSTACLE;
      }
    }

    @Override
    public Optional<JobState.Outcome> find(JobId id) {
      perhaps("find");
      return store.find(id);
    }

    @Override
    public void settle(JobId id, JobState.Outcome outcome) {
      perhaps("settle");
      store.settle(id, outcome);
    }

    @Override
    public void revive(JobId id) {
      perhaps("revive");
      store.revive(id);
    }
  }

  @Test
  void a_dead_letter_is_replayed_and_done() {
    String message = queued(enrolment("ann"));
    EnrolmentWorker failing = worker(failing(OBSTACLE), records);
    for (int receive = 1; receive <= EnrolmentWorker.MAX_RECEIVES; receive++) {
      assertThat(failing.attempt(message, soon())).isInstanceOf(Again.class);
    }
    queue.giveUp(message);
    assertThat(state(message)).isEqualTo(new Queued());

    DeadLetterService dead = deadLetters();
    assertThat(dead.replay(null)).isEqualTo(1);
    assertThat(dead.list()).isEmpty();
    assertThat(worker().attempt(queue.messages().getLast(), soon())).isEqualTo(new Settled());
    assertThat(state(message)).isInstanceOf(Done.class);
    assertThat(people()).isEqualTo(1);
  }

  /** No attempt can record the outcome, and every letter is seen until the end. */
  @Test
  void a_job_that_was_done_is_never_called_dead() {
    String message = queued(enrolment("ann"));
    EnrolmentWorker forgetful = worker(faces(galleries), new Unwritable(records));
    Instant accepted = JobCodec.id(message).time();
    clock.advance(Duration.ofDays(13).plusMinutes(1));
    assertThat(forgetful.attempt(message, soon())).isInstanceOf(Again.class);
    queue.giveUp(message, accepted.plus(Duration.ofDays(13)));
    assertThat(people()).isEqualTo(1);

    assertThat(deadLetters().tend(soon())).isEqualTo(new DeadLetterService.Tended(1, 0));
    assertThat(state(message)).isEqualTo(new Queued());
    assertThat(worker().attempt(queue.messages().getLast(), soon())).isEqualTo(new Settled());
    assertThat(state(message)).isInstanceOf(Done.class);
    assertThat(people()).isEqualTo(1);
  }

  /** Counts commands, and knows no batches if it is of the version before. */
  private final class CountingFaces implements FaceService {
    final List<String> given = Collections.synchronizedList(new ArrayList<>());
    final FaceService service = faces(galleries);
    final boolean old;

    CountingFaces(boolean old) {
      this.old = old;
    }

    @Override
    public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
      given.add(command.getClass().getSimpleName());
      if (old && command instanceof FaceCommand.EnrolBatch) {
        throw new InternalFault("Unknown kind of face message.");
      }
      return service.execute(command);
    }
  }

  private List<String> batch() {
    List<String> messages = new ArrayList<>();
    for (String person : List.of("ann", "bob", "cyd", "dan")) {
      messages.add(queued(enrolment(person)));
    }
    messages.add(
        1, queued(enrolment("x", FakeFaces.template("x", "1"), FakeFaces.template("other", "1"))));
    messages.add(2, "not ours");
    messages.add(messages.getFirst());
    return messages;
  }

  private void assertBatchIsDone(List<String> messages, List<EnrolmentWorker.Attempt> attempts) {
    assertThat(attempts).hasSize(messages.size());
    assertThat(attempts.get(2)).isInstanceOf(Again.class);
    assertThat(attempts.stream().filter(new Settled()::equals)).hasSize(messages.size() - 1);
    assertThat(people()).isEqualTo(4);
    assertThat(state(messages.get(1))).isInstanceOf(Refused.class);
    assertThat(state(messages.get(0))).isInstanceOf(Done.class);
    assertThat(state(messages.get(5))).isInstanceOf(Done.class);
  }

  @Test
  void messages_of_one_gallery_are_one_command_with_a_result_for_each() {
    List<String> messages = batch();
    CountingFaces faces = new CountingFaces(false);
    assertBatchIsDone(messages, worker(faces, records).attempt(messages, soon()));
    assertThat(faces.given).containsExactly("EnrolBatch");
  }

  @Test
  void a_face_function_that_knows_no_batches_gets_each_enrolment_alone() {
    List<String> messages = batch();
    CountingFaces faces = new CountingFaces(true);
    assertBatchIsDone(messages, worker(faces, records).attempt(messages, soon()));
    assertThat(faces.given).hasSize(7).contains("EnrolBatch").contains("EnrolFeatures");
  }

  @Test
  void a_transient_fault_of_a_batch_settles_nothing_and_repeats_nothing_alone() {
    List<String> messages = List.of(queued(enrolment("ann")), queued(enrolment("bob")));
    List<EnrolmentWorker.Attempt> attempts =
        worker(failing(OBSTACLE), records).attempt(messages, soon());
    assertThat(attempts).hasSize(2).allMatch(it -> it instanceof Again);
    assertThat(messages).allMatch(message -> state(message).equals(new Queued()));
  }

  @Test
  void a_full_gallery_refuses_no_accepted_job_for_good() {
    String message = queued(enrolment("ann"));
    EnrolmentWorker full = worker(failing(new GalleryFull(1)), records);
    assertThat(full.attempt(message, soon())).isInstanceOf(Again.class);
    assertThat(state(message)).isEqualTo(new Queued());
    assertThat(worker().attempt(message, soon())).isEqualTo(new Settled());
    assertThat(state(message)).isInstanceOf(Done.class);
  }

  @Test
  void what_is_done_stays_done() {
    String message = queued(enrolment("ann"));
    worker().attempt(message, soon());
    JobState done = state(message);
    records.settle(JobCodec.id(message), new Dead());
    records.revive(JobCodec.id(message));
    assertThat(state(message)).isEqualTo(done);
  }

  @Test
  void an_id_is_known_to_its_application_and_version_alone_and_expires() {
    JobId id = ids.create(application.id(), VERSION, Form.ENCRYPTED);
    assertThat(id.text()).hasSize(67).matches("[A-Za-z0-9_-]+");
    assertThat(jobs.find(id.text(), application.id(), VERSION)).isPresent();
    ApplicationId other = new ApplicationId(UUID.randomUUID());
    assertThat(jobs.find(id.text(), other, VERSION)).isEmpty();
    assertThat(jobs.find(id.text(), application.id(), new ModelVersion("FACE3_1"))).isEmpty();
    JobIds others = new JobIds(new SecretBackedKeys(key(1), random), clock, random);
    String foreign = others.create(application.id(), VERSION, Form.PLAIN).text();
    assertThat(jobs.find(foreign, application.id(), VERSION)).isEmpty();
    for (String none : List.of("", "?", "AQ", id.text() + "A", id.text().substring(1))) {
      assertThat(jobs.find(none, application.id(), VERSION)).as(none).isEmpty();
    }
    clock.advance(Jobs.LIFE.minusSeconds(60));
    assertThat(jobs.find(id.text(), application.id(), VERSION).orElseThrow().state())
        .isEqualTo(new Queued());
    clock.advance(Duration.ofSeconds(61));
    assertThat(jobs.find(id.text(), application.id(), VERSION).orElseThrow().state())
        .isEqualTo(new Expired());
  }

  private static byte[] key(int first) {
    byte[] secret = new byte[SecretBackedKeys.SECRET_BYTES];
    secret[0] = (byte) first;
    return secret;
  }

  @Test
  void no_changed_character_of_an_id_is_accepted() {
    String id = ids.create(application.id(), VERSION, Form.PLAIN).text();
    for (int i = 0; i < id.length(); i++) {
      String changed = id.substring(0, i) + (id.charAt(i) == 'A' ? 'B' : 'A') + id.substring(i + 1);
      assertThat(jobs.find(changed, application.id(), VERSION)).as("" + i).isEmpty();
    }
  }

  @Test
  void the_largest_enrolment_fits_and_shows_nothing() {
    Template[] templates =
        IntStream.range(0, 32)
            .mapToObj(i -> FakeFaces.template("ann", "" + i))
            .toArray(Template[]::new);
    EnrolFeatures command = enrolment("ann", templates);
    JobId id = ids.create(application.id(), VERSION, Form.PLAIN);
    String message = sealed.seal(id, command);
    assertThat(message.length()).isLessThan(JobQueue.MAX_BYTES);
    assertThat(sealed.open(message)).isEqualTo(command);
    assertThat(JobCodec.correlationId(message)).isEqualTo("trace-1");
    String number = Float.toString(templates[0].vector()[0]);
    assertThat(message)
        .doesNotContain("name of ann", number)
        .doesNotContain(Base64.getEncoder().encodeToString("name of ann".getBytes(UTF_8)));
    assertThat(sealed.seal(id, command)).isNotEqualTo(message);
  }

  @Test
  void a_changed_message_is_noticed() {
    String message = queued(enrolment("ann"));
    String other = queued(enrolment("bob"));
    String swapped =
        message.replaceAll("\"job\":\"[^\"]+\"", "\"job\":\"" + JobCodec.id(other).text() + "\"");
    int at = message.indexOf("\"sealed\":\"") + 40;
    String flipped =
        message.substring(0, at)
            + (message.charAt(at) == 'A' ? 'B' : 'A')
            + message.substring(at + 1);
    for (String changed : List.of(swapped, flipped, "{}", "", "[", "{\"schema\":2}")) {
      assertThatThrownBy(() -> sealed.open(changed)).as(changed).isInstanceOf(InternalFault.class);
      assertThat(worker().attempt(changed, soon())).isInstanceOf(Again.class);
    }
    assertThat(people()).isZero();
  }
}
