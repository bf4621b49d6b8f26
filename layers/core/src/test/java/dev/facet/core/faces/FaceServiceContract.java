package dev.facet.core.faces;

import static dev.facet.core.fakes.FakeFaces.photo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.Measurability.QualityPoint;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.FlakyGalleryStore;
import dev.facet.core.fakes.FlakyGalleryStore.Mishap;
import dev.facet.core.fakes.ForwardingGalleryStore;
import dev.facet.core.fakes.RepeatedGalleryStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.fakes.UnreadableLog;
import dev.facet.core.faults.BundleUnavailable;
import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.CallerFault.PoorQuality;
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
import dev.facet.core.gallery.ImageSpaces;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.ErasureStore;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.images.ImageKey;
import dev.facet.core.images.ImageStore;
import dev.facet.core.images.Photos;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.subjects.SubjectIds;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link LocalFaceService} does on any stores. */
public abstract class FaceServiceContract {

  /** Time as the services under test see it. */
  protected final SettableClock clock = new SettableClock();

  /** Whose galleries they are; keeps no images. */
  protected final Application application =
      Application.withDefaults(new ApplicationId(UUID.randomUUID()));

  /** Where galleries are kept. */
  protected abstract GalleryStore store();

  /** Where erasures are kept: in the same store. */
  protected abstract ErasureStore erasures();

  /** Where images are kept. */
  protected abstract ImageStore images();

  /** All that the image store holds of the application: names and the images as text. */
  protected abstract Map<String, String> storedImages();

  /** A process of its own on the shared stores. */
  protected final FaceService instance() {
    return instance(store());
  }

  /** A process of its own that sees the galleries through another store. */
  protected final FaceService instance(GalleryStore seen) {
    return instance(seen, images());
  }

  /** A process of its own that keeps images elsewhere, too. */
  private FaceService instance(GalleryStore seen, ImageStore originals) {
    return instance(
        seen,
        originals,
        ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4))));
  }

  /** A process of its own with other bundles. */
  private FaceService instance(ImageBundles bundles) {
    return instance(store(), images(), bundles);
  }

  private FaceService instance(GalleryStore seen, ImageStore originals, ImageBundles bundles) {
    SecureRandom random = new SecureRandom();
    Galleries galleries = new Galleries(seen, GalleryLimits.unlimited(64 << 20), clock, random);
    return new LocalFaceService(
        bundles,
        galleries,
        new ImageKeeper(originals, erasures(), clock, random),
        new SubjectIds(SubjectIds.NEC_PREFIX, random),
        new EmbeddingIdentities(
            galleries, MatchingRules.DEFAULT, new JsonResultCodec(), clock, random),
        new JsonResultCodec(),
        clock);
  }

  /** Keeps images in the shared stores. */
  protected final ImageKeeper keeper() {
    return new ImageKeeper(images(), erasures(), clock, new SecureRandom());
  }

  /** A call under an operation of its own. */
  protected final CallContext call() {
    return call(UUID.randomUUID().toString(), "digest");
  }

  /** A call under an operation. */
  protected final CallContext call(String operation, String digest) {
    return call(application, operation, digest);
  }

  /** A call for an application under an operation. */
  protected final CallContext call(Application whose, String operation, String digest) {
    return new CallContext(
        whose, new OperationId(operation), digest, clock.instant().plusSeconds(30), "test");
  }

  /** Enrols a person. */
  protected final SubjectId register(FaceService service, String description) {
    return service.execute(new FaceCommand.Register(call(), photo(description))).subject();
  }

  /** Searches for a person, threshold 7000, limit 10. */
  protected final List<SubjectId> search(FaceService service, String description) {
    return service
        .execute(new FaceCommand.Search(call(), photo(description), 7000, 10))
        .candidates()
        .stream()
        .map(FaceAnswer.Candidate::subject)
        .toList();
  }

  @Test
  void a_registered_person_is_found_and_verified_by_another_shot() {
    FaceService service = instance();
    SubjectId ann = register(service, "ann/1");
    register(service, "bob/1");

    assertThat(ann.value()).matches("necidguid-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(search(service, "ann/2")).containsExactly(ann);
    assertThat(search(service, "eve/1")).isEmpty();
    assertThat(score(service, "ann/2", ann)).isGreaterThan(7000);
    assertThat(score(service, "bob/2", ann)).isLessThan(7000);
  }

  private int score(FaceService service, String description, SubjectId subject) {
    return service.execute(new FaceCommand.Verify(call(), photo(description), subject)).score();
  }

  @Test
  void a_person_registered_twice_is_two_subjects() {
    FaceService service = instance();
    SubjectId first = register(service, "ann/1");
    SubjectId second = register(service, "ann/1");
    assertThat(search(service, "ann/1")).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void an_update_replaces_the_templates() {
    FaceService service = instance();
    SubjectId subject = register(service, "ann/1");
    service.execute(new FaceCommand.Update(call(), subject, photo("bob/1")));
    assertThat(search(service, "ann/1")).isEmpty();
    assertThat(search(service, "bob/2")).containsExactly(subject);
  }

  @Test
  void a_deleted_subject_is_found_by_no_instance() {
    FaceService one = instance();
    FaceService other = instance();
    SubjectId ann = register(one, "ann/1");
    assertThat(search(other, "ann/2")).containsExactly(ann);

    other.execute(new FaceCommand.Delete(call(), ann));
    assertThat(search(one, "ann/2")).isEmpty();
    assertThat(search(instance(), "ann/2")).isEmpty();
    assertThatThrownBy(() -> score(one, "ann/2", ann)).isInstanceOf(SubjectNotFound.class);
  }

  @Test
  void what_one_instance_wrote_the_others_read_at_once() {
    FaceService one = instance();
    FaceService other = instance();
    for (int i = 0; i < 20; i++) {
      FaceService writer = i % 2 == 0 ? one : other;
      FaceService reader = i % 2 == 0 ? other : one;
      SubjectId subject = register(writer, "person-" + i + "/1");
      assertThat(search(reader, "person-" + i + "/2")).containsExactly(subject);
    }
  }

  @Test
  void a_new_instance_finds_what_was_written_before() {
    SubjectId ann = register(instance(), "ann/1");
    assertThat(search(instance(), "ann/2")).containsExactly(ann);
  }

  @Test
  void racing_registrations_on_two_instances_lose_nothing() throws Exception {
    List<FaceService> services = List.of(instance(), instance());
    List<SubjectId> subjects =
        race(
            IntStream.range(0, 60)
                .<Callable<SubjectId>>mapToObj(
                    i -> () -> register(services.get(i % 2), "person-" + i + "/1"))
                .toList());
    FaceService fresh = instance();
    for (int i = 0; i < subjects.size(); i++) {
      assertThat(search(fresh, "person-" + i + "/2")).containsExactly(subjects.get(i));
    }
  }

  @Test
  void racing_updates_of_one_subject_leave_exactly_the_last() throws Exception {
    List<FaceService> services = List.of(instance(), instance());
    SubjectId subject = register(services.getFirst(), "person-0/1");
    race(
        IntStream.range(0, 16)
            .<Callable<SubjectId>>mapToObj(
                i ->
                    () ->
                        services
                            .get(i % 2)
                            .execute(
                                new FaceCommand.Update(
                                    call(), subject, photo("person-" + i + "/1")))
                            .subject())
            .toList());
    for (FaceService service : services) {
      long faces =
          IntStream.range(0, 16)
              .filter(i -> !search(service, "person-" + i + "/2").isEmpty())
              .count();
      assertThat(faces).isEqualTo(1);
    }
  }

  @Test
  void a_racing_enrolment_under_one_operation_yields_one_subject() throws Exception {
    List<FaceService> services = List.of(instance(), instance());
    List<SubjectId> subjects =
        race(
            IntStream.range(0, 12)
                .<Callable<SubjectId>>mapToObj(
                    i ->
                        () ->
                            services
                                .get(i % 2)
                                .execute(
                                    new FaceCommand.Register(
                                        call("once", "digest"), photo("ann/1")))
                                .subject())
                .toList());
    assertThat(subjects).containsOnly(subjects.getFirst());
    assertThat(search(instance(), "ann/2")).containsExactly(subjects.getFirst());
  }

  /** Runs all at once; their results in order. */
  protected static <T> List<T> race(List<Callable<T>> racers) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(racers).stream().map(Future::resultNow).toList();
    }
  }

  @Test
  void a_repeated_operation_returns_the_first_answer() {
    FaceService service = instance();
    CallContext call = call("op", "digest");
    FaceAnswer first = service.execute(new FaceCommand.Register(call, photo("ann/1")));
    assertThat(service.execute(new FaceCommand.Register(call, photo("ann/1")))).isEqualTo(first);
    assertThat(instance().execute(new FaceCommand.Register(call, photo("ann/1")))).isEqualTo(first);
    assertThat(search(service, "ann/1")).hasSize(1);
  }

  @Test
  void a_repeated_deletion_is_answered_as_the_first() {
    FaceService service = instance();
    SubjectId ann = register(service, "ann/1");
    FaceCommand.Delete delete = new FaceCommand.Delete(call("op", "digest"), ann);
    assertThat(service.execute(delete)).isEqualTo(service.execute(delete));
    assertThatThrownBy(() -> service.execute(new FaceCommand.Delete(call(), ann)))
        .isInstanceOf(SubjectNotFound.class);
  }

  @Test
  void an_operation_reused_with_another_request_is_refused() {
    FaceService service = instance();
    service.execute(new FaceCommand.Register(call("op", "digest"), photo("ann/1")));
    assertThatThrownBy(
            () -> service.execute(new FaceCommand.Register(call("op", "other"), photo("bob/1"))))
        .isInstanceOf(DuplicateRequest.class);
    assertThat(search(service, "bob/1")).isEmpty();
  }

  @Test
  void an_operation_is_forgotten_after_a_day() {
    FaceService service = instance();
    service.execute(new FaceCommand.Register(call("op", "digest"), photo("ann/1")));
    clock.advance(Duration.ofHours(25));
    service.execute(new FaceCommand.Register(call("op", "other"), photo("ann/1")));
    assertThat(search(service, "ann/1")).hasSize(2);
  }

  @Test
  void an_unknown_subject_is_not_found_before_the_image_is_looked_at() {
    FaceService service = instance();
    for (String id : List.of("necidguid-0000", "", "../x", "ü\u0000😀")) {
      SubjectId unknown = new SubjectId(id);
      assertThatThrownBy(
              () -> service.execute(new FaceCommand.Update(call(), unknown, "no base64")))
          .isInstanceOf(SubjectNotFound.class);
      assertThatThrownBy(
              () -> service.execute(new FaceCommand.Verify(call(), "no base64", unknown)))
          .isInstanceOf(SubjectNotFound.class);
      assertThatThrownBy(() -> service.execute(new FaceCommand.Delete(call(), unknown)))
          .isInstanceOf(SubjectNotFound.class);
    }
  }

  @Test
  void bad_images_are_refused_with_their_reason() {
    FaceService service = instance();
    assertThatThrownBy(() -> service.execute(new FaceCommand.Register(call(), "§")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("face property must be a base64 image.");
    assertThatThrownBy(() -> service.execute(new FaceCommand.Search(call(), "", 7000, 10)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("probe property must be a base64 image.");
    assertThatThrownBy(() -> service.execute(new FaceCommand.Extract(call(), "a")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("faces property must be a base64 image.");
    assertThatThrownBy(() -> register(service, "-")).isInstanceOf(NoFace.class);
    assertThatThrownBy(() -> register(service, "ann/1/0.2"))
        .isInstanceOf(PoorQuality.class)
        .hasMessageContaining("sharpness");
    assertThatThrownBy(() -> search(service, "ann/1/0.44")).isInstanceOf(PoorQuality.class);
    assertThat(search(service, "ann/1/0.45")).isEmpty();
  }

  @Test
  void a_face_that_is_not_measurable_is_refused_whatever_the_floor() {
    FaceService service = instance();
    SubjectId ann = register(service, "ann/1");
    Application lenient = new Application(application.id(), 0, 0, false, application.enrolAnswer());
    for (FaceCommand<?> command :
        List.of(
            new FaceCommand.Register(call(lenient, "1", "d"), photo("bob/1/blurred")),
            new FaceCommand.Update(call(lenient, "2", "d"), ann, photo("ann/2/blurred")),
            new FaceCommand.Search(call(lenient, "3", "d"), photo("ann/2/blurred"), 0, 10),
            new FaceCommand.Verify(call(lenient, "4", "d"), photo("ann/2/blurred"), ann))) {
      assertThatThrownBy(() -> service.execute(command))
          .isInstanceOf(PoorQuality.class)
          .hasMessage("The face is not measurable: sharpness.");
    }
    assertThat(search(service, "ann/2")).containsExactly(ann);
  }

  @Test
  void a_data_url_and_line_breaks_are_accepted() {
    FaceService service = instance();
    String wrapped = new StringBuilder(photo("ann/1")).insert(4, "\r\n").toString();
    service.execute(new FaceCommand.Register(call(), "data:image/jpeg;base64," + wrapped));
    assertThat(search(service, "ann/2")).hasSize(1);
  }

  @Test
  void applications_do_not_see_each_other() {
    FaceService service = instance();
    SubjectId ann = register(service, "ann/1");
    Application other = Application.withDefaults(new ApplicationId(UUID.randomUUID()));
    CallContext call = call(other, "op", "digest");
    assertThat(service.execute(new FaceCommand.Search(call, photo("ann/1"), 0, 10)).candidates())
        .isEmpty();
    assertThatThrownBy(() -> service.execute(new FaceCommand.Delete(call, ann)))
        .isInstanceOf(SubjectNotFound.class);
  }

  private static final ImageBundle OLDER =
      new ImageBundle(
          new FakeFaces(ImageSpaces.UNRECORDED_BUNDLE, 512), ScoreMap.calibratedAt(0.4));

  private static final ImageBundle NEWER =
      new ImageBundle(
          new FakeFaces("newer-128", 128),
          ScoreMap.calibratedAt(0.4),
          new Measurability(10.0, 8, 4, 0.5, List.of(new QualityPoint(0, 0.5))));

  /** Bundles of which the first is the default. */
  private record SeveralBundles(List<ImageBundle> all) implements ImageBundles {

    static ImageBundles of(ImageBundle... bundles) {
      return new SeveralBundles(List.of(bundles));
    }

    @Override
    public String defaultId() {
      return all.getFirst().id();
    }

    @Override
    public Set<String> ids() {
      return all.stream().map(ImageBundle::id).collect(Collectors.toSet());
    }

    @Override
    public ImageBundle get(String id) {
      return all.stream()
          .filter(bundle -> bundle.id().equals(id))
          .findAny()
          .orElseThrow(() -> BundleUnavailable.of(id));
    }
  }

  /** Galleries as older versions wrote and read them. */
  private static final class WithoutRecords extends ForwardingGalleryStore {

    WithoutRecords(GalleryStore store) {
      super(store);
    }

    @Override
    public Optional<String> imageBundle(ApplicationId application, Instant deadline) {
      return Optional.empty();
    }

    @Override
    public String recordImageBundle(ApplicationId application, String bundle, Instant deadline) {
      return bundle;
    }

    @Override
    public CommitOutcome commit(Commit commit, Instant deadline) {
      return super.commit(
          new Commit(
              commit.gallery(),
              commit.expected(),
              commit.epoch(),
              commit.count(),
              commit.dimensions(),
              commit.writes().stream().map(WithoutRecords::older).toList(),
              commit.stamp()),
          deadline);
    }

    private static Write older(Write write) {
      return new Write(
          write.operation(),
          write.effects(),
          write.companions().stream()
              .filter(companion -> !(companion instanceof Write.RecordBundle))
              .toList());
    }
  }

  private Optional<String> recordedBundle() {
    return store().imageBundle(application.id(), clock.instant().plusSeconds(30));
  }

  @Test
  void a_gallery_keeps_its_bundle_when_another_becomes_the_default() {
    SubjectId ann = register(instance(SeveralBundles.of(OLDER)), "ann/1");
    assertThat(recordedBundle()).contains(OLDER.id());

    FaceService service = instance(SeveralBundles.of(NEWER, OLDER));
    SubjectId bob = register(service, "bob/1");
    assertThat(search(service, "ann/2")).containsExactly(ann);
    assertThat(score(service, "bob/2", bob)).isGreaterThan(7000);
    service.execute(new FaceCommand.Update(call(), ann, photo("eve/1")));
    assertThat(search(instance(SeveralBundles.of(OLDER)), "eve/2")).containsExactly(ann);
    service.execute(new FaceCommand.Delete(call(), bob));
    assertThat(search(service, "bob/2")).isEmpty();
  }

  @Test
  void a_gallery_of_an_older_version_keeps_its_bundle_and_is_recorded() {
    FaceService older = instance(new WithoutRecords(store()), images(), SeveralBundles.of(OLDER));
    SubjectId ann = register(older, "ann/1");
    assertThat(recordedBundle()).isEmpty();

    FaceService service = instance(SeveralBundles.of(NEWER, OLDER));
    assertThat(search(service, "ann/2")).containsExactly(ann);
    assertThat(recordedBundle()).contains(OLDER.id());
  }

  @Test
  void a_search_before_the_first_photo_records_nothing() {
    FaceService service = instance(SeveralBundles.of(NEWER, OLDER));
    assertThat(search(service, "ann/1")).isEmpty();
    service.execute(new FaceCommand.Extract(call(), photo("ann/1")));
    assertThat(recordedBundle()).isEmpty();
    register(service, "ann/1");
    assertThat(recordedBundle()).contains(NEWER.id());
    assertThat(search(service, "ann/2")).hasSize(1);
  }

  @Test
  void a_bundle_recorded_before_the_first_photo_is_used() {
    store().recordImageBundle(application.id(), OLDER.id(), clock.instant().plusSeconds(30));
    FaceService service = instance(SeveralBundles.of(NEWER, OLDER));
    SubjectId ann = register(service, "ann/1");
    assertThat(search(instance(SeveralBundles.of(OLDER)), "ann/2")).containsExactly(ann);
  }

  @Test
  void racing_first_photos_of_two_bundles_end_in_one_gallery() throws Exception {
    List<FaceService> services =
        List.of(
            instance(SeveralBundles.of(NEWER, OLDER)), instance(SeveralBundles.of(OLDER, NEWER)));
    List<SubjectId> subjects =
        race(
            IntStream.range(0, 12)
                .<Callable<SubjectId>>mapToObj(
                    i ->
                        () ->
                            services
                                .get(i % 2)
                                .execute(
                                    new FaceCommand.Register(
                                        keeping(), photo("person-" + i + "/1")))
                                .subject())
                .toList());
    FaceService fresh = instance(SeveralBundles.of(NEWER, OLDER));
    for (int i = 0; i < subjects.size(); i++) {
      assertThat(search(fresh, "person-" + i + "/2")).containsExactly(subjects.get(i));
    }
    assertThat(storedImages()).hasSize(12);
    assertNothingIsLeftToErase();
  }

  /** Another process makes the gallery while a photo is processed for the default bundle. */
  @Test
  void a_photo_that_lost_the_race_is_processed_by_the_winners_bundle() {
    AtomicBoolean first = new AtomicBoolean(true);
    GalleryStore late =
        new ForwardingGalleryStore(store()) {
          @Override
          public CommitOutcome commit(Commit commit, Instant deadline) {
            if (first.getAndSet(false)) {
              register(instance(SeveralBundles.of(OLDER)), "bob/1");
            }
            return super.commit(commit, deadline);
          }
        };
    FaceService loser = instance(late, images(), SeveralBundles.of(NEWER, OLDER));
    SubjectId ann = registerKeeping(loser, "ann/1");
    assertThat(recordedBundle()).contains(OLDER.id());
    assertThat(search(instance(SeveralBundles.of(OLDER)), "ann/2")).containsExactly(ann);
    assertThat(storedImages()).hasSize(1);
    assertNothingIsLeftToErase();
  }

  @Test
  void a_gallery_whose_bundle_is_missing_is_refused_but_deletions_are_not() {
    SubjectId ann = register(instance(SeveralBundles.of(OLDER)), "ann/1");
    FaceService service = instance(SeveralBundles.of(NEWER));
    for (FaceCommand<?> command :
        List.of(
            new FaceCommand.Register(call(), photo("bob/1")),
            new FaceCommand.Update(call(), ann, photo("ann/2")),
            new FaceCommand.Extract(call(), photo("ann/2")),
            new FaceCommand.Search(call(), photo("ann/2"), 7000, 10),
            new FaceCommand.Verify(call(), photo("ann/2"), ann))) {
      assertThatThrownBy(() -> service.execute(command))
          .isInstanceOf(BundleUnavailable.class)
          .hasMessageContaining(OLDER.id())
          .hasMessageContaining("setting bundles");
    }
    service.execute(new FaceCommand.Delete(call(), ann));
    assertThat(search(instance(SeveralBundles.of(OLDER)), "ann/2")).isEmpty();
  }

  private GalleryAudit audit(Photos photos, ImageBundles bundles) {
    SecureRandom random = new SecureRandom();
    return new GalleryAudit(
        new Galleries(store(), GalleryLimits.unlimited(64 << 20), clock, random),
        photos,
        () -> bundles,
        clock,
        random);
  }

  @Test
  void an_audit_tells_certain_findings_from_unknown_ones_and_writes_nothing() {
    ImageBundles ungated =
        SeveralBundles.of(
            new ImageBundle(new FakeFaces("newer-128", 128), ScoreMap.calibratedAt(0.4)));
    FaceService service = instance(ungated);
    SubjectId unknown = register(service, "ann/1");
    SubjectId weak = register(service, "bob/1/weak");
    SubjectId blurred = registerKeeping(service, "eve/1");
    SubjectId sharp = registerKeeping(service, "dora/1");
    Photos photos =
        (key, deadline) ->
            Optional.of((key.subject().equals(sharp) ? "dora/1" : "eve/1/blurred").getBytes(UTF_8));
    Measurability gate = new Measurability(10.0, 8, 6, 0.5, List.of(new QualityPoint(0, 0.5)));
    ImageBundles gated =
        SeveralBundles.of(
            new ImageBundle(new FakeFaces("newer-128", 128), ScoreMap.calibratedAt(0.4), gate));
    GalleryHead before = head();

    GalleryAudit.Audit audit = audit(photos, gated).audit(application.id());
    assertThat(audit.subjects()).isEqualTo(4);
    assertThat(audit.findings())
        .containsExactly(
            new GalleryAudit.Finding(unknown, GalleryAudit.State.UNKNOWN, null, false),
            new GalleryAudit.Finding(weak, GalleryAudit.State.CERTAIN, "norm", false),
            new GalleryAudit.Finding(blurred, GalleryAudit.State.CERTAIN, "sharpness", false));
    assertThat(head()).isEqualTo(before);
  }

  private GalleryHead head() {
    return store()
        .head(GalleryId.ofImages(application.id(), "newer-128"), clock.instant().plusSeconds(30));
  }

  @Test
  void an_excluded_subject_matches_nothing_until_it_is_included_or_replaced() {
    ImageBundles bundles = SeveralBundles.of(NEWER);
    FaceService service = instance(bundles);
    SubjectId ann = register(service, "ann/1");
    SubjectId bob = register(service, "bob/1");
    GalleryAudit audit = audit((key, deadline) -> Optional.empty(), bundles);

    audit.exclude(application.id(), ann, true);
    audit.exclude(application.id(), bob, true);
    for (FaceService instance : List.of(service, instance(bundles))) {
      assertThat(search(instance, "ann/1")).isEmpty();
      assertThat(score(instance, "ann/1", ann)).isNegative();
    }
    assertThat(head().count()).isEqualTo(2);
    assertThat(audit.audit(application.id()).findings())
        .extracting(GalleryAudit.Finding::excluded)
        .containsExactly(true, true);

    audit.exclude(application.id(), ann, false);
    assertThat(search(service, "ann/2")).containsExactly(ann);
    assertThat(score(service, "ann/2", ann)).isGreaterThan(7000);
    service.execute(new FaceCommand.Update(call(), bob, photo("bob/2")));
    assertThat(search(service, "bob/1")).containsExactly(bob);
    audit.exclude(application.id(), bob, true);
    service.execute(new FaceCommand.Delete(call(), bob));
    assertThat(head().count()).isEqualTo(1);
    assertThatThrownBy(() -> audit.exclude(application.id(), bob, false))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(bob.value());
  }

  @Test
  void a_bundle_that_weighs_lowers_scores_by_the_weaker_norm() {
    FaceService service = instance(SeveralBundles.of(NEWER));
    SubjectId ann = register(service, "ann/1");
    SubjectId weakAnn = register(service, "ann/1/weak");
    assertThat(score(service, "ann/1", ann)).isEqualTo(ScoreMap.MAX);
    int half = NEWER.scores().score(0.5);
    assertThat(score(service, "ann/1", weakAnn)).isEqualTo(half);
    assertThat(score(service, "ann/1/weak", ann)).isEqualTo(half);
    List<FaceAnswer.Candidate> found =
        service.execute(new FaceCommand.Search(call(), photo("ann/1"), 7000, 10)).candidates();
    assertThat(found)
        .containsExactly(
            new FaceAnswer.Candidate(ann, ScoreMap.MAX), new FaceAnswer.Candidate(weakAnn, half));
  }

  @Test
  void candidates_come_best_first_at_most_the_limit_at_least_the_threshold() {
    FaceService service = instance();
    for (int i = 0; i < 30; i++) {
      register(service, "person-" + i + "/1");
    }
    List<FaceAnswer.Candidate> five =
        service.execute(new FaceCommand.Search(call(), photo("person-3/2"), 0, 5)).candidates();
    assertThat(five).hasSize(5);
    assertThat(five).isSortedAccordingTo((a, b) -> Integer.compare(b.score(), a.score()));
    int second = five.get(1).score();
    assertThat(
            service
                .execute(new FaceCommand.Search(call(), photo("person-3/2"), second, 50))
                .candidates())
        .allMatch(candidate -> candidate.score() >= second)
        .containsAll(five.subList(0, 2));
    assertThat(
            service
                .execute(new FaceCommand.Search(call(), photo("person-3/2"), second + 1, 50))
                .candidates())
        .containsExactly(five.getFirst());
  }

  @Test
  void a_commit_whose_answer_is_lost_is_answered_as_if_it_was_not() {
    FaceService service = instance(new FlakyGalleryStore(store(), Mishap.ANSWER_LOST));
    SubjectId ann = register(service, "ann/1");
    assertThat(search(service, "ann/2")).containsExactly(ann);
    assertThat(search(instance(), "ann/2")).containsExactly(ann);
  }

  @Test
  void a_deletion_whose_answer_is_lost_is_answered_as_if_it_was_not() {
    SubjectId ann = register(instance(), "ann/1");
    FaceService service = instance(new FlakyGalleryStore(store(), Mishap.ANSWER_LOST));
    assertThat(service.execute(new FaceCommand.Delete(call(), ann)).subject()).isEqualTo(ann);
    assertThat(search(service, "ann/1")).isEmpty();
  }

  @Test
  void a_deletion_that_is_done_when_it_seemed_lost_is_answered_as_if_it_was_not() {
    SubjectId ann = register(instance(), "ann/1");
    FaceService service = instance(new FlakyGalleryStore(store(), Mishap.DONE_LATE));
    assertThat(service.execute(new FaceCommand.Delete(call(), ann)).subject()).isEqualTo(ann);
    assertThat(search(service, "ann/1")).isEmpty();
  }

  /** The second delivery asked for the operation's record before the first one was done. */
  @Test
  void a_repetition_gets_the_answer_of_the_delivery_that_was_done_meanwhile() {
    SubjectId ann = register(instance(), "ann/1");
    SubjectId bob = register(instance(), "bob/1");
    List<FaceCommand<? extends FaceAnswer>> writes =
        List.of(
            new FaceCommand.Register(call("register", "digest"), photo("eve/1")),
            new FaceCommand.Update(call("update", "digest"), ann, photo("ann/2")),
            new FaceCommand.Delete(call("delete", "digest"), bob));
    for (FaceCommand<? extends FaceAnswer> write : writes) {
      AtomicReference<FaceAnswer> first = new AtomicReference<>();
      FaceService second =
          instance(new RepeatedGalleryStore(store(), () -> first.set(instance().execute(write))));
      assertThat(second.execute(write)).isNotNull().isEqualTo(first.get());
    }
    assertThat(search(instance(), "eve/1")).hasSize(1);
    assertThat(search(instance(), "bob/1")).isEmpty();
  }

  /** The update is refused, as the subject is gone; but it was done before. */
  @Test
  void a_repetition_is_not_refused_for_what_happened_after_the_first_delivery() {
    SubjectId ann = register(instance(), "ann/1");
    FaceCommand.Update update =
        new FaceCommand.Update(call("update", "digest"), ann, photo("ann/2"));
    FaceService second =
        instance(
            new RepeatedGalleryStore(
                store(),
                () -> {
                  instance().execute(update);
                  instance().execute(new FaceCommand.Delete(call(), ann));
                }));
    assertThat(second.execute(update).subject()).isEqualTo(ann);
  }

  @Test
  void sixteen_deliveries_of_one_request_at_once_get_one_answer() throws Exception {
    List<FaceService> processes = List.of(instance(), instance());
    SubjectId ann = register(instance(), "ann/1");
    SubjectId bob = register(instance(), "bob/1");
    List<FaceCommand<? extends FaceAnswer>> writes =
        List.of(
            new FaceCommand.Register(call("register", "digest"), photo("eve/1")),
            new FaceCommand.Update(call("update", "digest"), ann, photo("ann/2")),
            new FaceCommand.Delete(call("delete", "digest"), bob));
    for (FaceCommand<? extends FaceAnswer> write : writes) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<FaceAnswer>> deliveries =
            IntStream.range(0, 16)
                .<Callable<FaceAnswer>>mapToObj(i -> () -> processes.get(i % 2).execute(write))
                .toList();
        List<FaceAnswer> answers =
            threads.invokeAll(deliveries).stream().map(Future::resultNow).toList();
        assertThat(answers).containsOnly(answers.getFirst());
      }
    }
    assertThat(search(instance(), "eve/1")).hasSize(1);
  }

  @Test
  void whatever_needs_no_search_works_on_a_gallery_that_cannot_be_loaded() {
    SubjectId ann = register(instance(), "ann/1");
    FaceService service = instance(new UnreadableLog(store()));

    assertThat(score(service, "ann/2", ann)).isEqualTo(score(instance(), "ann/2", ann));
    service.execute(new FaceCommand.Update(call(), ann, photo("bob/1")));
    SubjectId eve = register(service, "eve/1");
    assertThatThrownBy(() -> search(service, "eve/1")).isInstanceOf(InternalFault.class);
    assertThat(search(instance(), "bob/2")).containsExactly(ann);
    assertThat(search(instance(), "eve/2")).containsExactly(eve);
    service.execute(new FaceCommand.Delete(call(), ann));
    assertThat(search(instance(), "bob/2")).isEmpty();
  }

  @Test
  void a_verification_has_the_score_of_a_search() {
    FaceService service = instance();
    SubjectId ann = register(service, "ann/1");
    List<FaceAnswer.Candidate> found =
        service.execute(new FaceCommand.Search(call(), photo("ann/2"), 0, 10)).candidates();
    assertThat(found).containsExactly(new FaceAnswer.Candidate(ann, score(service, "ann/2", ann)));
  }

  /** The write is durable; only the old photo's erasure failed, and the sweep repeats it. */
  @Test
  void a_failed_erasure_after_the_commit_does_not_fail_the_write() {
    SubjectId ann = registerKeeping(instance(), "ann/1");
    SubjectId bob = registerKeeping(instance(), "bob/1");
    FaceService cutOff = instance(store(), new Undeletable(images()));

    cutOff.execute(new FaceCommand.Update(keeping(), ann, photo("ann/2")));
    cutOff.execute(new FaceCommand.Delete(keeping(), bob));
    assertThat(storedImages().values()).containsExactlyInAnyOrder("ann/1", "ann/2", "bob/1");
    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    keeper().sweep();
    assertThat(storedImages().values()).containsExactly("ann/2");
  }

  /** Images in a store that refuses to delete, as after a mistake in its permissions. */
  private record Undeletable(ImageStore store) implements ImageStore {

    @Override
    public void put(ImageKey key, byte[] image, Instant deadline) {
      store.put(key, image, deadline);
    }

    @Override
    public void delete(ImageKey key, Instant deadline) {
      throw new InternalFault("a store refused a request: AccessDenied");
    }
  }

  @Test
  void throttling_is_waited_out() {
    FlakyGalleryStore flaky =
        new FlakyGalleryStore(store(), Mishap.THROTTLED, Mishap.THROTTLED, Mishap.THROTTLED);
    SubjectId ann = register(instance(flaky), "ann/1");
    assertThat(flaky.commits()).isEqualTo(4);
    assertThat(search(instance(), "ann/2")).containsExactly(ann);
  }

  @Test
  void no_photo_is_processed_after_the_deadline() {
    FaceService service = instance();
    CallContext late =
        new CallContext(application, new OperationId("late"), "digest", clock.instant(), "test");
    for (FaceCommand<?> command :
        List.of(
            new FaceCommand.Extract(late, photo("ann/1")),
            new FaceCommand.Search(late, photo("ann/1"), 7000, 10),
            new FaceCommand.Register(late, photo("ann/1")))) {
      assertThatThrownBy(() -> service.execute(command))
          .isInstanceOfSatisfying(
              TransientFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(TransientFault.Kind.TIMEOUT));
    }
  }

  @Test
  void a_write_that_keeps_failing_ends_at_its_deadline() {
    Mishap[] always = new Mishap[10_000];
    Arrays.fill(always, Mishap.THROTTLED);
    FaceService service = instance(new FlakyGalleryStore(store(), always));
    CallContext hurried =
        new CallContext(
            application, new OperationId("op"), "digest", clock.instant().plusSeconds(1), "test");
    assertThatThrownBy(() -> service.execute(new FaceCommand.Register(hurried, photo("ann/1"))))
        .isInstanceOfSatisfying(
            TransientFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(TransientFault.Kind.TIMEOUT));
    assertThat(search(instance(), "ann/1")).isEmpty();
  }

  @Test
  void what_a_killed_process_committed_is_answered_to_the_repetition() {
    CallContext call = call("op", "digest");
    FaceService killed = instance(new FlakyGalleryStore(store(), Mishap.CRASH_AFTER));
    assertThatThrownBy(() -> killed.execute(new FaceCommand.Register(call, photo("ann/1"))))
        .hasRootCauseInstanceOf(FlakyGalleryStore.Crash.class);

    FaceService next = instance();
    SubjectId ann = next.execute(new FaceCommand.Register(call, photo("ann/1"))).subject();
    assertThat(search(next, "ann/2")).containsExactly(ann);
  }

  @Test
  void originals_are_kept_only_for_applications_that_ask_for_it() {
    FaceService service = instance();
    register(service, "ann/1");
    assertThat(storedImages()).isEmpty();

    SubjectId bob = registerKeeping(service, "bob/1");
    assertThat(storedImages().values()).containsExactly("bob/1");
    assertThat(storedImages().keySet())
        .allMatch(name -> name.startsWith(application.id() + "/" + bob.value() + "/"));
  }

  @Test
  void an_update_replaces_the_original_and_a_deletion_erases_it() {
    FaceService service = instance();
    SubjectId ann = registerKeeping(service, "ann/1");
    service.execute(new FaceCommand.Update(keeping(), ann, photo("ann/2")));
    assertThat(storedImages().values()).containsExactly("ann/2");

    service.execute(new FaceCommand.Delete(keeping(), ann));
    assertThat(storedImages()).isEmpty();
    assertNothingIsLeftToErase();
  }

  @Test
  void an_update_after_images_were_switched_off_erases_the_original() {
    FaceService service = instance();
    SubjectId ann = registerKeeping(service, "ann/1");
    service.execute(new FaceCommand.Update(call(), ann, photo("ann/2")));
    assertThat(storedImages()).isEmpty();
  }

  @Test
  void a_refused_write_leaves_no_image_behind() {
    FaceService service = instance();
    CallContext call = call(application.keepingImages(true), "op", "digest");
    service.execute(new FaceCommand.Register(call, photo("ann/1")));
    CallContext reused = call(application.keepingImages(true), "op", "other");
    assertThatThrownBy(() -> service.execute(new FaceCommand.Register(reused, photo("bob/1"))))
        .isInstanceOf(DuplicateRequest.class);
    assertThat(storedImages().values()).containsExactly("ann/1");
    assertNothingIsLeftToErase();
  }

  @Test
  void the_upload_of_a_killed_process_is_swept_and_no_other() {
    SubjectId ann = registerKeeping(instance(), "ann/1");
    FaceService killed = instance(new FlakyGalleryStore(store(), Mishap.CRASH_BEFORE));
    assertThatThrownBy(() -> registerKeeping(killed, "bob/1"));
    assertThat(storedImages()).hasSize(2);

    assertThat(keeper().sweep()).isZero();
    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    assertThat(keeper().sweep()).isEqualTo(1);
    assertThat(storedImages().values()).containsExactly("ann/1");
    assertThat(search(instance(), "ann/2")).containsExactly(ann);
  }

  @Test
  void the_original_that_a_killed_process_replaced_is_swept() {
    SubjectId ann = registerKeeping(instance(), "ann/1");
    FaceService killed = instance(new FlakyGalleryStore(store(), Mishap.CRASH_AFTER));
    assertThatThrownBy(
        () -> killed.execute(new FaceCommand.Update(keeping(), ann, photo("ann/2"))));
    assertThat(storedImages().values()).containsExactlyInAnyOrder("ann/1", "ann/2");

    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    assertThat(keeper().sweep()).isEqualTo(1);
    assertThat(storedImages().values()).containsExactly("ann/2");
  }

  @Test
  void while_images_are_out_of_reach_nothing_fails_but_what_has_to_store_one() {
    SubjectId ann = registerKeeping(instance(), "ann/1");
    FaceService cutOff = instance(store(), new OutOfReach());

    assertThatThrownBy(() -> registerKeeping(cutOff, "bob/1")).isInstanceOf(TransientFault.class);
    assertThatThrownBy(() -> cutOff.execute(new FaceCommand.Update(keeping(), ann, photo("bob/1"))))
        .isInstanceOf(TransientFault.class);
    assertThat(search(cutOff, "bob/2")).isEmpty();
    assertThat(search(cutOff, "ann/2")).containsExactly(ann);
    SubjectId eve = register(cutOff, "eve/1");
    assertThat(search(cutOff, "eve/2")).containsExactly(eve);

    cutOff.execute(new FaceCommand.Delete(keeping(), ann));
    assertThat(search(cutOff, "ann/2")).isEmpty();
    assertThat(storedImages().values()).containsExactly("ann/1");
    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    keeper().sweep();
    assertThat(storedImages()).isEmpty();
    assertNothingIsLeftToErase();
  }

  /** Images in a store that does not answer. */
  private final class OutOfReach implements ImageStore {

    private TransientFault fault() {
      clock.advance(Duration.ofSeconds(10));
      return new TransientFault(TransientFault.Kind.UNAVAILABLE, "out of reach on purpose");
    }

    @Override
    public void put(ImageKey key, byte[] image, Instant deadline) {
      throw fault();
    }

    @Override
    public void delete(ImageKey key, Instant deadline) {
      throw fault();
    }
  }

  private SubjectId registerKeeping(FaceService service, String description) {
    return service.execute(new FaceCommand.Register(keeping(), photo(description))).subject();
  }

  private CallContext keeping() {
    return call(application.keepingImages(true), UUID.randomUUID().toString(), "digest");
  }

  private void assertNothingIsLeftToErase() {
    clock.advance(ImageKeeper.COMMIT_TIMEOUT.plusMinutes(1));
    assertThat(keeper().sweep()).isZero();
  }
}
