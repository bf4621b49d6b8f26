package dev.facet.core.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.Consensus;
import dev.facet.core.embeddings.MatchThresholds;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.FaceAnswer.BatchResult;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.faces.FaceAnswer.Recognised;
import dev.facet.core.faces.FaceCommand.DeletePerson;
import dev.facet.core.faces.FaceCommand.EnrolBatch;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceCommand.PredictFeatures;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.FlakyGalleryStore;
import dev.facet.core.fakes.FlakyGalleryStore.Mishap;
import dev.facet.core.fakes.ForwardingGalleryStore;
import dev.facet.core.fakes.RepeatedGalleryStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.fakes.UnreadableLog;
import dev.facet.core.faults.CallerFault.AuthenticationFailed;
import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.faults.CallerFault.EnrolmentFailed;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.CommitOutcome;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link EmbeddingIdentities} do on any store. */
public abstract class EmbeddingIdentitiesContract {

  private static final ModelVersion V1 = new ModelVersion("FACE3_1");
  private static final ModelVersion V3 = new ModelVersion("FACE3_3");

  /** Time as the services under test see it. */
  protected final SettableClock clock = new SettableClock();

  private final Application application =
      Application.withDefaults(new ApplicationId(UUID.randomUUID()));

  /** Where galleries are kept. */
  protected abstract GalleryStore store();

  private EmbeddingIdentities instance() {
    return instance(store(), MatchingRules.DEFAULT);
  }

  private EmbeddingIdentities instance(GalleryStore seen, MatchingRules rules) {
    SecureRandom random = new SecureRandom();
    Galleries galleries = new Galleries(seen, GalleryLimits.unlimited(64 << 20), clock, random);
    return new EmbeddingIdentities(galleries, rules, new JsonResultCodec(), clock, random);
  }

  private CallContext call() {
    return call(application, UUID.randomUUID().toString(), "digest");
  }

  private CallContext call(Application whose, String operation, String digest) {
    return new CallContext(
        whose, new OperationId(operation), digest, clock.instant().plusSeconds(30), "test");
  }

  private static Template face(String person, int shot) {
    return FakeFaces.template(person, "" + shot);
  }

  /** A unit vector in the plane of two persons, so far from the first in degrees. */
  private static Template between(String person, String other, double degrees) {
    float[] a = face(person, 0).vector();
    float[] b = face(other, 0).vector();
    double dot = IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
    double norm = Math.sqrt(1 - dot * dot);
    float[] turned = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      double across = (b[i] - dot * a[i]) / norm;
      turned[i] =
          (float)
              (Math.cos(Math.toRadians(degrees)) * a[i]
                  + Math.sin(Math.toRadians(degrees)) * across);
    }
    return Template.normalised("face", turned);
  }

  private static Template of(String factor, int dimension) {
    float[] vector = new float[dimension];
    vector[factor.length()] = 1;
    return Template.normalised(factor, vector);
  }

  private Enrolled enrol(EmbeddingIdentities people, Template... templates) {
    return enrol(people, call(), V1, null, templates);
  }

  private Enrolled enrol(
      EmbeddingIdentities people,
      CallContext call,
      ModelVersion version,
      @Nullable String name,
      Template... templates) {
    return people.enrol(new EnrolFeatures(call, version, List.of(templates), name));
  }

  private Enrolled enrolAs(
      EmbeddingIdentities people, ModelVersion version, @Nullable String name, Template template) {
    return enrol(people, call(), version, name, template);
  }

  private List<Person> predict(EmbeddingIdentities people, int limit, Template... probes) {
    return people.predict(new PredictFeatures(call(), V1, List.of(probes), null, limit)).people();
  }

  private List<Person> verify(EmbeddingIdentities people, String name, Template probe) {
    return people.predict(new PredictFeatures(call(), V1, List.of(probe), name, 1)).people();
  }

  private void delete(EmbeddingIdentities people, PersonId puid) {
    people.delete(new DeletePerson(call(), V1, puid));
  }

  private static PersonId puid(Enrolled enrolled) {
    return enrolled.person().puid();
  }

  @Test
  void a_new_person_is_found_by_another_shot_and_a_stranger_is_not() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrol(people, face("ann", 1));
    enrol(people, face("bob", 1));

    assertThat(ann.known()).isFalse();
    assertThat(ann.person().distance()).isZero();
    assertThat(ann.person().guid()).isNotEqualTo(puid(ann));
    Person found = predict(people, 1, face("ann", 2)).getFirst();
    assertThat(found.puid()).isEqualTo(puid(ann));
    assertThat(found.guid()).isEqualTo(ann.person().guid());
    assertThat(found.distance()).isBetween(0.3, 0.5);
    assertThat(predict(people, 1, face("eve", 1))).isEmpty();
  }

  @Test
  void a_batch_of_enrolments_is_one_commit_with_a_result_for_each() {
    AtomicInteger commits = new AtomicInteger();
    GalleryStore counting =
        new ForwardingGalleryStore(store()) {
          @Override
          public CommitOutcome commit(Commit commit, Instant deadline) {
            commits.incrementAndGet();
            return super.commit(commit, deadline);
          }
        };
    List<EnrolFeatures> items =
        IntStream.range(0, EnrolBatch.MAX_ITEMS)
            .mapToObj(i -> new EnrolFeatures(call(), V1, List.of(face("p" + i, 1)), "name-" + i))
            .toList();
    EmbeddingIdentities people = instance(counting, MatchingRules.DEFAULT);
    List<BatchResult> results = people.enrol(new EnrolBatch(call(), items));
    assertThat(commits).hasValue(1);
    for (int i = 0; i < items.size(); i++) {
      assertThat(results.get(i)).isInstanceOf(BatchResult.Done.class);
      PersonId puid = puid(((BatchResult.Done) results.get(i)).answer());
      assertThat(verify(people, "name-" + i, face("p" + i, 2)).getFirst().puid()).isEqualTo(puid);
    }

    assertThat(people.enrol(new EnrolBatch(call(), items))).isEqualTo(results);
    assertThat(commits).hasValue(1);
  }

  @Test
  void one_bad_enrolment_of_a_batch_fails_only_itself() {
    EmbeddingIdentities people = instance();
    CallContext twice = call();
    Template ann = face("ann", 1);
    List<BatchResult> results =
        people.enrol(
            new EnrolBatch(
                call(),
                List.of(
                    new EnrolFeatures(twice, V1, List.of(ann), "ann"),
                    new EnrolFeatures(call(), V1, List.of(of("face", 8)), null),
                    new EnrolFeatures(call(), V3, List.of(ann), null),
                    new EnrolFeatures(twice, V1, List.of(ann), "ann"),
                    new EnrolFeatures(call(), V1, List.of(face("bob", 1)), "ann"),
                    new EnrolFeatures(call(), V1, List.of(face("ann", 2)), null))));

    assertThat(results.get(1))
        .isInstanceOfSatisfying(
            BatchResult.Failed.class,
            it -> assertThat(it.fault()).isInstanceOf(InvalidRequest.class));
    assertThat(results.get(3)).isEqualTo(results.get(0));
    assertThat(results.get(4)).isInstanceOf(BatchResult.Failed.class);
    assertThat(((BatchResult.Done) results.get(0)).answer().known()).isFalse();
    assertThat(((BatchResult.Done) results.get(2)).answer().known()).isFalse();
    assertThat(((BatchResult.Done) results.get(5)).answer().known()).isTrue();
  }

  /** The store is throttled for longer than the test may take. */
  @Test
  @Timeout(20)
  void no_read_of_an_enrolment_is_repeated_when_a_queue_can_wait_better() {
    enrolAs(instance(), V1, "ann", face("ann", 1));
    for (Supplier<GalleryStore> each :
        List.<Supplier<GalleryStore>>of(
            () ->
                new ForwardingGalleryStore(store()) {
                  @Override
                  public Optional<Operation> operation(
                      ApplicationId owner, OperationId operation, Instant deadline) {
                    throw throttled();
                  }
                },
            () ->
                new ForwardingGalleryStore(store()) {
                  @Override
                  public Optional<Identifier> identifier(
                      ApplicationId owner, String name, Instant deadline) {
                    throw throttled();
                  }
                },
            () ->
                new ForwardingGalleryStore(store()) {
                  @Override
                  public Optional<Subject> subject(
                      GalleryId gallery, SubjectId subject, Instant deadline) {
                    throw throttled();
                  }
                })) {
      EmbeddingIdentities people = instance(each.get(), MatchingRules.DEFAULT);
      assertThatThrownBy(
              () -> {
                enrol(people, impatient(), V1, null, face("ann", 2));
                enrol(people, impatient(), V1, "bob", face("bob", 1));
              })
          .isInstanceOf(TransientFault.class)
          .hasRootCauseMessage("on purpose");
    }
  }

  private CallContext impatient() {
    return call().withDeadline(clock.instant().plusSeconds(300)).withPatience(clock.instant());
  }

  private static TransientFault throttled() {
    return new TransientFault(TransientFault.Kind.THROTTLED, "on purpose");
  }

  @Test
  void scores_are_euclidean_distances_and_the_same_vector_is_at_zero() {
    EmbeddingIdentities people = instance();
    enrol(people, face("ann", 0));

    assertThat(predict(people, 1, face("ann", 0)).getFirst().distance()).isZero();
    assertThat(predict(people, 1, between("ann", "bob", 40)).getFirst().distance())
        .isCloseTo(2 * Math.sin(Math.toRadians(20)), within(1e-6));
    assertThat(predict(people, 1, between("ann", "bob", 59.9))).hasSize(1);
    assertThat(predict(people, 1, between("ann", "bob", 60.1))).isEmpty();
  }

  @Test
  void an_enrolment_of_a_known_face_changes_nothing() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrol(people, face("ann", 0));
    Enrolled again = enrolAs(people, V1, "annie", between("ann", "bob", 50));

    assertThat(again.known()).isTrue();
    assertThat(puid(again)).isEqualTo(puid(ann));
    assertThat(again.person().guid()).isEqualTo(ann.person().guid());
    assertThat(again.person().distance()).isCloseTo(2 * Math.sin(Math.toRadians(25)), within(1e-6));
    assertThat(predict(people, 1, between("ann", "bob", 80))).isEmpty();
    assertThatThrownBy(() -> verify(people, "annie", face("ann", 0)))
        .isInstanceOf(AuthenticationFailed.class);
  }

  /** Duplicates are within 0.90, which is 53.5 degrees; recognised people within 1.00, 60. */
  @Test
  void who_is_recognised_may_yet_be_too_far_to_be_a_duplicate() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrol(people, face("ann", 0));
    Template near = between("ann", "bob", 55);

    assertThat(predict(people, 1, near).getFirst().puid()).isEqualTo(puid(ann));
    assertThat(enrol(people, near).known()).isFalse();
  }

  @Test
  void a_racing_enrolment_of_the_same_face_yields_one_subject() throws Exception {
    List<EmbeddingIdentities> processes = List.of(instance(), instance());
    List<Enrolled> answers =
        race(
            IntStream.range(0, 24)
                .<Callable<Enrolled>>mapToObj(
                    i -> () -> enrol(processes.get(i % 2), face("ann", i % 3)))
                .toList());

    assertThat(answers)
        .extracting(EmbeddingIdentitiesContract::puid)
        .containsOnly(puid(answers.getFirst()));
    assertThat(answers).filteredOn(answer -> !answer.known()).hasSize(1);
    assertThat(predict(instance(), 10, face("ann", 5))).hasSize(1);
  }

  @Test
  void concurrent_enrolments_of_twenty_people_make_twenty_subjects() throws Exception {
    List<EmbeddingIdentities> processes = List.of(instance(), instance());
    List<Enrolled> answers =
        race(
            IntStream.range(0, 200)
                .<Callable<Enrolled>>mapToObj(
                    i -> () -> enrol(processes.get(i % 2), face("person-" + i % 20, i / 20)))
                .toList());

    assertThat(answers).filteredOn(answer -> !answer.known()).hasSize(20);
    Set<PersonId> all = new HashSet<>();
    for (int person = 0; person < 20; person++) {
      int who = person;
      Set<PersonId> ids =
          IntStream.range(0, 200)
              .filter(i -> i % 20 == who)
              .mapToObj(i -> puid(answers.get(i)))
              .collect(Collectors.toSet());
      assertThat(ids).hasSize(1);
      assertThat(predict(instance(), 10, face("person-" + who, 99)))
          .extracting(Person::puid)
          .containsExactlyElementsOf(ids);
      all.addAll(ids);
    }
    assertThat(all).hasSize(20);
  }

  private static <T> List<T> race(List<Callable<T>> racers) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(racers).stream().map(Future::resultNow).toList();
    }
  }

  @Test
  void an_identifier_shares_its_guid_among_versions_only() {
    EmbeddingIdentities people = instance();
    Enrolled one = enrolAs(people, V1, "ann@example", face("ann", 1));
    Enrolled three = enrolAs(people, V3, "ann@example", face("ann", 1));
    Enrolled other = enrolAs(people, V3, "bob@example", face("bob", 1));

    assertThat(three.person().guid()).isEqualTo(one.person().guid());
    assertThat(puid(three)).isNotEqualTo(puid(one));
    assertThat(other.person().guid()).isNotEqualTo(one.person().guid());
  }

  @Test
  void racing_enrolments_under_one_identifier_in_many_versions_share_the_guid() throws Exception {
    List<EmbeddingIdentities> processes = List.of(instance(), instance());
    List<Enrolled> answers =
        race(
            IntStream.range(0, 8)
                .<Callable<Enrolled>>mapToObj(
                    i ->
                        () ->
                            enrolAs(
                                processes.get(i % 2),
                                new ModelVersion("FACE9_" + i),
                                "ann",
                                face("ann", 1)))
                .toList());

    assertThat(answers)
        .extracting(answer -> answer.person().guid())
        .containsOnly(answers.getFirst().person().guid());
  }

  @Test
  void an_identifier_of_another_face_is_refused_and_nothing_is_stored() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrolAs(people, V1, "ann", face("ann", 1));

    assertThatThrownBy(() -> enrolAs(people, V1, "ann", face("bob", 1)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("user identifier already enrolled");
    assertThat(predict(people, 1, face("bob", 1))).isEmpty();
    assertThat(puid(enrolAs(people, V1, "ann", face("ann", 2)))).isEqualTo(puid(ann));
  }

  @Test
  void racing_faces_under_one_identifier_leave_one() throws Exception {
    List<EmbeddingIdentities> processes = List.of(instance(), instance());
    List<String> outcomes =
        race(
            IntStream.range(0, 8)
                .<Callable<String>>mapToObj(
                    i ->
                        () -> {
                          try {
                            enrolAs(processes.get(i % 2), V1, "one", face("face-" + i, 1));
                            return "enrolled";
                          } catch (InvalidRequest refused) {
                            return refused.reason();
                          }
                        })
                .toList());

    assertThat(outcomes).containsOnlyOnce("enrolled");
    assertThat(outcomes).filteredOn("user identifier already enrolled"::equals).hasSize(7);
  }

  @Test
  void an_identifier_is_free_again_once_its_person_is_deleted() {
    EmbeddingIdentities people = instance();
    Enrolled one = enrolAs(people, V1, "ann", face("ann", 1));
    Enrolled three = enrolAs(people, V3, "ann", face("ann", 1));
    delete(people, puid(one));

    assertThatThrownBy(() -> verify(people, "ann", face("ann", 1)))
        .isInstanceOf(AuthenticationFailed.class);
    assertThat(enrolAs(people, V1, "ann", face("bob", 1)).person().guid())
        .isEqualTo(three.person().guid());
  }

  @Test
  void a_person_is_compared_with_the_identifiers_subject_alone() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrolAs(people, V1, "ann", face("ann", 1));
    enrolAs(people, V1, "bob", face("bob", 1));
    enrolAs(people, V3, "only in another version", face("eve", 1));

    assertThat(verify(people, "ann", face("ann", 2)))
        .extracting(Person::puid)
        .containsExactly(puid(ann));
    assertThat(verify(people, "ann", face("bob", 1))).isEmpty();
    for (String unknown : List.of("nobody", "only in another version")) {
      assertThatThrownBy(() -> verify(people, unknown, face("ann", 1)))
          .isInstanceOf(AuthenticationFailed.class)
          .hasMessage("Face Authentication Failed");
    }
  }

  @Test
  void several_people_come_nearest_first_at_most_the_limit_all_within_reach() {
    EmbeddingIdentities people = instance();
    for (int degrees : new int[] {0, 54, -54, 108}) {
      assertThat(enrol(people, between("ann", "bob", degrees)).known()).isFalse();
    }
    Template probe = between("ann", "bob", 10);

    List<Person> two = predict(people, 10, probe);
    assertThat(two).hasSize(2);
    assertThat(two.get(0).distance()).isCloseTo(chord(10), within(1e-6));
    assertThat(two.get(1).distance()).isCloseTo(chord(44), within(1e-6));
    assertThat(predict(people, 1, probe)).isEqualTo(two.subList(0, 1));
  }

  private static double chord(double degrees) {
    return 2 * Math.sin(Math.toRadians(degrees / 2));
  }

  @Test
  void equally_near_people_come_by_their_ids() {
    EmbeddingIdentities people = instance();
    List<String> ids =
        IntStream.of(-54, 54)
            .mapToObj(degrees -> puid(enrol(people, mirrored(degrees))).value())
            .sorted()
            .toList();

    assertThat(predict(people, 2, mirrored(0)))
        .extracting(person -> person.puid().value())
        .containsExactlyElementsOf(ids);
  }

  private static Template mirrored(double degrees) {
    float[] vector = new float[128];
    vector[0] = (float) Math.cos(Math.toRadians(degrees));
    vector[1] = (float) Math.sin(Math.toRadians(degrees));
    return Template.normalised("face", vector);
  }

  @Test
  void the_nearest_pair_of_any_probe_and_template_counts() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrol(people, face("ann", 0), between("ann", "bob", 60));

    assertThat(predict(people, 1, between("ann", "bob", 70), between("ann", "bob", 90)))
        .satisfiesExactly(
            found -> {
              assertThat(found.puid()).isEqualTo(puid(ann));
              assertThat(found.distance()).isCloseTo(chord(10), within(1e-6));
            });
  }

  @Test
  void only_templates_of_one_type_compare() {
    EmbeddingIdentities people = instance();
    enrol(people, of("face", 128));

    assertThat(predict(people, 1, of("palm", 256))).isEmpty();
    assertThat(enrol(people, of("palm", 256)).known()).isFalse();
    assertThat(predict(people, 1, of("palm", 256), of("face", 128))).hasSize(1);
  }

  @Test
  void embeddings_that_disagree_are_refused_and_nothing_is_stored() {
    EmbeddingIdentities people = instance();
    Template[] strangers = {face("ann", 1), face("bob", 1)};

    assertThatThrownBy(() -> enrol(people, strangers))
        .isInstanceOf(EnrolmentFailed.class)
        .hasMessage("Face Enrollment Failed");
    assertThatThrownBy(() -> predict(people, 1, strangers))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessage("Face Authentication Failed");
    assertThat(predict(people, 1, face("ann", 1))).isEmpty();
  }

  @Test
  void a_bad_embedding_among_good_ones_is_left_out() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrol(people, face("ann", 1), face("bob", 1), face("ann", 2));

    assertThat(predict(people, 1, face("ann", 3)).getFirst().puid()).isEqualTo(puid(ann));
    assertThat(predict(people, 1, face("bob", 1))).isEmpty();
  }

  @Test
  void a_dimension_holds_for_its_version_and_type_only() {
    EmbeddingIdentities people = instance();
    enrol(people, of("face", 128));

    for (Callable<?> wrong :
        List.<Callable<?>>of(
            () -> enrol(people, of("face", 129)), () -> predict(people, 1, of("face", 129)))) {
      assertThatThrownBy(wrong::call)
          .isInstanceOf(InvalidRequest.class)
          .hasMessage("features.embedding_vector must hold 128 numbers for this version and type.");
    }
    assertThat(enrolAs(people, V3, null, of("face", 512)).known()).isFalse();
    assertThat(enrol(people, of("palm", 512)).known()).isFalse();
  }

  @Test
  void first_enrolments_of_two_dimensions_at_once_leave_one() throws Exception {
    EmbeddingIdentities people = instance();
    List<String> outcomes =
        race(
            IntStream.range(0, 8)
                .<Callable<String>>mapToObj(
                    i ->
                        () -> {
                          try {
                            enrol(people, of("face", 128 + i));
                            return "enrolled";
                          } catch (InvalidRequest refused) {
                            return "refused";
                          }
                        })
                .toList());

    assertThat(outcomes).containsOnlyOnce("enrolled");
  }

  @Test
  void a_gallerys_types_are_limited() {
    EmbeddingIdentities people = instance();
    for (int i = 0; i < 64; i++) {
      enrol(people, of("t".repeat(i + 1), 128));
    }
    assertThatThrownBy(() -> enrol(people, of("t".repeat(65), 128)))
        .isInstanceOf(InvalidRequest.class);
    assertThat(enrol(people, of("t", 128)).known()).isTrue();
  }

  /** At 50 degrees two templates agree by default (cosine distance 0.36), and not at 0.2. */
  @Test
  void a_template_that_no_longer_agrees_is_excluded_and_counted() {
    EmbeddingIdentities before = instance();
    Enrolled ann =
        enrol(before, face("ann", 0), between("ann", "bob", 5), between("ann", "bob", -50));
    Template probe = between("ann", "bob", -95);
    assertThat(predict(before, 1, probe).getFirst().puid()).isEqualTo(puid(ann));

    MatchingRules strict =
        new MatchingRules(
            MatchThresholds.DEFAULT,
            Map.of("FACE3_1/face", new MatchThresholds(1, 0.9, new Consensus(0.2))));
    EmbeddingIdentities now = instance(store(), strict);
    Enrolled further = enrol(now, between("ann", "bob", -150));
    Recognised found = now.predict(new PredictFeatures(call(), V1, List.of(probe), null, 1));

    assertThat(found.people()).extracting(Person::puid).containsExactly(puid(further));
    assertThat(found.excluded()).isEqualTo(1);
    assertThat(predict(before, 1, probe).getFirst().puid()).isEqualTo(puid(ann));
  }

  @Test
  void a_deleted_person_is_found_by_no_process() {
    EmbeddingIdentities one = instance();
    EmbeddingIdentities other = instance();
    Enrolled ann = enrol(one, face("ann", 1));
    delete(other, puid(ann));

    for (EmbeddingIdentities people : List.of(one, other, instance())) {
      assertThat(predict(people, 1, face("ann", 1))).isEmpty();
      assertThatThrownBy(() -> delete(people, puid(ann))).isInstanceOf(SubjectNotFound.class);
    }
    assertThat(puid(enrol(one, face("ann", 1)))).isNotEqualTo(puid(ann));
  }

  @Test
  void a_person_is_deleted_from_the_named_version_only() {
    EmbeddingIdentities people = instance();
    Enrolled three = enrolAs(people, V3, null, face("ann", 1));

    assertThatThrownBy(() -> delete(people, puid(three))).isInstanceOf(SubjectNotFound.class);
  }

  @Test
  void a_repeated_operation_returns_the_first_answer() {
    EmbeddingIdentities people = instance();
    CallContext first = call(application, "op-1", "digest");
    Enrolled ann = enrol(people, first, V1, null, face("ann", 1));
    CallContext second = call(application, "op-2", "digest");
    Enrolled known = enrol(people, second, V1, null, face("ann", 2));
    DeletePerson deletion = new DeletePerson(call(application, "op-3", "d"), V1, puid(ann));
    people.delete(deletion);

    assertThat(enrol(instance(), first, V1, null, face("ann", 1))).isEqualTo(ann);
    assertThat(enrol(instance(), second, V1, null, face("ann", 2))).isEqualTo(known);
    assertThat(people.delete(deletion).puid()).isEqualTo(puid(ann));
    assertThat(predict(people, 1, face("ann", 1))).isEmpty();
  }

  @Test
  void an_operation_reused_with_another_request_is_refused() {
    EmbeddingIdentities people = instance();
    enrol(people, call(application, "op", "digest"), V1, null, face("ann", 1));

    CallContext reused = call(application, "op", "other");
    assertThatThrownBy(() -> enrol(people, reused, V1, null, face("bob", 1)))
        .isInstanceOf(DuplicateRequest.class);
    assertThatThrownBy(
            () -> people.delete(new DeletePerson(reused, V1, PersonId.random(new SecureRandom()))))
        .isInstanceOf(DuplicateRequest.class);
    assertThat(predict(people, 1, face("bob", 1))).isEmpty();
  }

  /** The second delivery asked for the operation's record before the first one was done. */
  @Test
  void a_repetition_gets_the_answer_of_the_delivery_that_was_done_meanwhile() {
    EmbeddingIdentities first = instance();
    CallContext enrolment = call(application, "enrol", "digest");
    List<Enrolled> answers = new ArrayList<>();
    answers.add(
        enrol(
            whileAnother(() -> answers.add(enrol(first, enrolment, V1, "ann", face("ann", 1)))),
            enrolment,
            V1,
            "ann",
            face("ann", 1)));
    assertThat(answers).hasSize(2).containsOnly(answers.getFirst());

    DeletePerson deletion =
        new DeletePerson(call(application, "delete", "digest"), V1, puid(answers.getFirst()));
    assertThat(whileAnother(() -> first.delete(deletion)).delete(deletion).puid())
        .isEqualTo(deletion.puid());
    assertThat(predict(first, 1, face("ann", 1))).isEmpty();
  }

  private EmbeddingIdentities whileAnother(Runnable meanwhile) {
    return instance(new RepeatedGalleryStore(store(), meanwhile), MatchingRules.DEFAULT);
  }

  @Test
  void sixteen_deliveries_of_one_request_at_once_get_one_answer() throws Exception {
    List<EmbeddingIdentities> processes = List.of(instance(), instance());
    CallContext enrolment = call(application, "enrol", "digest");
    List<Enrolled> enrolled =
        race(
            IntStream.range(0, 16)
                .<Callable<Enrolled>>mapToObj(
                    i -> () -> enrol(processes.get(i % 2), enrolment, V1, "ann", face("ann", 1)))
                .toList());
    assertThat(enrolled).containsOnly(enrolled.getFirst());

    DeletePerson deletion =
        new DeletePerson(call(application, "delete", "digest"), V1, puid(enrolled.getFirst()));
    List<FaceAnswer.Forgotten> deleted =
        race(
            IntStream.range(0, 16)
                .<Callable<FaceAnswer.Forgotten>>mapToObj(
                    i -> () -> processes.get(i % 2).delete(deletion))
                .toList());
    assertThat(deleted).hasSize(16).containsOnly(deleted.getFirst());
  }

  @Test
  void whatever_needs_no_search_works_on_a_gallery_that_cannot_be_loaded() {
    Enrolled ann = enrolAs(instance(), V1, "ann", face("ann", 1));
    EmbeddingIdentities people = instance(new UnreadableLog(store()), MatchingRules.DEFAULT);

    assertThat(verify(people, "ann", face("ann", 2)))
        .isEqualTo(predict(instance(), 1, face("ann", 2)));
    assertThat(verify(people, "ann", face("bob", 2))).isEmpty();
    assertThatThrownBy(() -> predict(people, 1, face("ann", 2))).isInstanceOf(InternalFault.class);
    delete(people, puid(ann));
    assertThat(predict(instance(), 1, face("ann", 2))).isEmpty();
  }

  @Test
  void an_enrolment_of_a_known_face_adds_nothing_to_the_log() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrol(people, face("ann", 1));
    GalleryId gallery = GalleryId.ofEmbeddings(application.id(), V1.value());
    Instant deadline = clock.instant().plusSeconds(30);
    GalleryHead head = store().head(gallery, deadline);

    CallContext call = call(application, "again", "digest");
    Enrolled again = enrol(people, call, V1, null, face("ann", 2));
    for (int shot = 3; shot < 8; shot++) {
      enrol(people, face("ann", shot));
    }
    assertThat(store().head(gallery, deadline)).isEqualTo(head);
    assertThat(again.known()).isTrue();
    delete(people, puid(ann));
    assertThat(enrol(people, call, V1, null, face("ann", 2))).isEqualTo(again);
  }

  @Test
  void an_enrolment_whose_answer_is_lost_is_answered_as_if_it_was_not() {
    for (Mishap mishap : List.of(Mishap.ANSWER_LOST, Mishap.DONE_LATE, Mishap.THROTTLED)) {
      EmbeddingIdentities people =
          instance(new FlakyGalleryStore(store(), mishap), MatchingRules.DEFAULT);
      Enrolled enrolled = enrolAs(people, V1, mishap.name(), face(mishap.name(), 1));
      assertThat(enrolled.known()).isFalse();
      assertThat(predict(instance(), 10, face(mishap.name(), 2)))
          .extracting(Person::puid)
          .containsExactly(puid(enrolled));
    }
  }

  @Test
  void what_a_killed_process_committed_is_answered_to_the_repetition() {
    CallContext call = call(application, "op", "digest");
    EmbeddingIdentities killed =
        instance(new FlakyGalleryStore(store(), Mishap.CRASH_AFTER), MatchingRules.DEFAULT);
    assertThatThrownBy(() -> enrol(killed, call, V1, "ann", face("ann", 1)))
        .hasRootCauseInstanceOf(FlakyGalleryStore.Crash.class);

    Enrolled enrolled = enrol(instance(), call, V1, "ann", face("ann", 1));
    assertThat(enrolled.known()).isFalse();
    assertThat(predict(instance(), 10, face("ann", 2)))
        .extracting(Person::puid)
        .containsExactly(puid(enrolled));
  }

  @Test
  void applications_do_not_see_each_other() {
    EmbeddingIdentities people = instance();
    Enrolled ann = enrolAs(people, V1, "ann", face("ann", 1));
    Application other = Application.withDefaults(new ApplicationId(UUID.randomUUID()));
    CallContext theirs = call(other, "op", "digest");

    assertThat(
            people
                .predict(new PredictFeatures(theirs, V1, List.of(face("ann", 1)), null, 10))
                .people())
        .isEmpty();
    assertThatThrownBy(
            () ->
                people.predict(new PredictFeatures(theirs, V1, List.of(face("ann", 1)), "ann", 1)))
        .isInstanceOf(AuthenticationFailed.class);
    assertThatThrownBy(() -> people.delete(new DeletePerson(theirs, V1, puid(ann))))
        .isInstanceOf(SubjectNotFound.class);
    Enrolled hers = enrol(people, theirs, V1, "ann", face("ann", 1));
    assertThat(hers.known()).isFalse();
    assertThat(hers.person().guid()).isNotEqualTo(ann.person().guid());
  }
}
