package dev.facet.core.faces;

import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.FaceCommand.EnrolBatch;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceCommand.Register;
import dev.facet.core.faces.FaceCommand.Search;
import dev.facet.core.faces.wire.FaceEndpoint;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.faces.wire.RemoteFaceService;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.PoorQuality;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectIds;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApplicationCheckTest {

  private static final ApplicationId ID = new ApplicationId(new UUID(1, 2));
  private static final Application STORED =
      new Application(ID, 0.6, 7000, false, EnrolAnswer.AWAIT);
  private static final Application FORGED = new Application(ID, 0, 0, true, EnrolAnswer.AWAIT);

  private static final ModelVersion VERSION = new ModelVersion("FACE3_1");

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock();
  private final InMemoryGalleryStore store = new InMemoryGalleryStore(clock);
  private final InMemoryImageStore images = new InMemoryImageStore();
  private final InMemoryApplications applications = new InMemoryApplications();
  private int reads;
  private int failures;
  private final FaceService faces = faces();

  @Test
  void forged_settings_have_no_effect() {
    applications.put(STORED);

    for (FaceService service : List.of(faces, overTheWire())) {
      assertThatThrownBy(() -> service.execute(new Register(call(), photo("ann/1/0.5"))))
          .isInstanceOfSatisfying(
              PoorQuality.class, poor -> assertThat(poor.floor()).isEqualTo(0.6));
      assertThatThrownBy(() -> service.execute(new Search(call(), photo("ann/1/0.5"), 7000, 1)))
          .isInstanceOf(PoorQuality.class);
      service.execute(new Register(call(), photo("ann/1")));
      assertThat(images.keys()).isEmpty();
    }
  }

  @Test
  void stored_settings_apply_although_the_command_has_others() {
    applications.put(new Application(ID, 0.1, 7000, true, EnrolAnswer.AWAIT));

    faces.execute(new Register(call(STORED), photo("ann/1/0.5")));

    assertThat(images.keys()).hasSize(1);
  }

  @Test
  void a_missing_application_is_refused() {
    assertThatThrownBy(() -> faces.execute(new Register(call(), photo("ann/1"))))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("The application of this request does not exist.");
    assertThat(people(GalleryId.ofImages(ID, new FakeFaces().bundleId()))).isZero();
  }

  @Test
  void an_application_that_is_being_erased_is_refused_within_five_seconds() {
    applications.put(STORED);
    faces.execute(new Register(call(), photo("ann/1")));

    applications.put(new Application(ID, 0.6, 7000, false, EnrolAnswer.AWAIT, clock.instant()));
    clock.advance(ApplicationCheck.CACHED_FOR);

    assertThatThrownBy(() -> faces.execute(new Register(call(), photo("bob/1"))))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> faces.execute(new Search(call(), photo("ann/1"), 7000, 1)))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void each_enrolment_of_a_batch_is_checked() {
    applications.put(STORED);
    Application missing = Application.withDefaults(new ApplicationId(new UUID(3, 4)));
    EnrolFeatures admitted = enrolment(call());

    assertThatThrownBy(
            () ->
                faces.execute(new EnrolBatch(call(), List.of(admitted, enrolment(call(missing))))))
        .isInstanceOf(InvalidRequest.class);
    assertThat(people(GalleryId.ofEmbeddings(ID, VERSION.value()))).isZero();
    assertThat(faces.execute(new EnrolBatch(call(), List.of(admitted))).results())
        .hasOnlyElementsOfType(FaceAnswer.BatchResult.Done.class);
  }

  @Test
  void settings_are_remembered_for_five_seconds() {
    applications.put(STORED);
    faces.execute(new Register(call(), photo("ann/1")));
    faces.execute(new Register(call(), photo("ann/1")));
    assertThat(reads).isEqualTo(1);

    applications.put(new Application(ID, 0.95, 7000, false, EnrolAnswer.AWAIT));
    clock.advance(Duration.ofSeconds(5));
    assertThatThrownBy(() -> faces.execute(new Register(call(), photo("ann/1"))))
        .isInstanceOf(PoorQuality.class);
  }

  @Test
  void a_reading_that_fails_is_repeated() {
    applications.put(STORED);
    failures = 2;

    faces.execute(new Register(call(), photo("ann/1")));

    assertThat(reads).isEqualTo(3);
  }

  private long people(GalleryId gallery) {
    return store.head(gallery, clock.instant().plusSeconds(5)).count();
  }

  private static EnrolFeatures enrolment(CallContext call) {
    return new EnrolFeatures(call, VERSION, List.of(FakeFaces.template("ann", "1")), null);
  }

  private CallContext call() {
    return call(FORGED);
  }

  private CallContext call(Application application) {
    return new CallContext(
        application,
        new OperationId(UUID.randomUUID().toString()),
        "digest",
        clock.instant().plusSeconds(30),
        "test");
  }

  private FaceService overTheWire() {
    FaceEndpoint endpoint = new FaceEndpoint(faces, fault -> {});
    return new RemoteFaceService((command, deadline) -> endpoint.reply(command));
  }

  private FaceService faces() {
    Galleries galleries = new Galleries(store, GalleryLimits.unlimited(64 << 20), clock, random);
    LocalFaceService service =
        new LocalFaceService(
            ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4))),
            galleries,
            new ImageKeeper(images, store, clock, random),
            new SubjectIds(SubjectIds.NEC_PREFIX, random),
            new EmbeddingIdentities(
                galleries, MatchingRules.DEFAULT, new JsonResultCodec(), clock, random),
            new JsonResultCodec(),
            clock);
    return new ApplicationCheck(
        service, this::find, clock, new Retries(clock, clock::advance, new Random(7)));
  }

  private Optional<Application> find(ApplicationId id) {
    reads++;
    if (failures > 0) {
      failures--;
      throw new TransientFault(TransientFault.Kind.THROTTLED, "on purpose");
    }
    return applications.find(id);
  }
}
