package dev.facet.face.lambda;

import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.facet.core.faces.FaceCommand.Verify;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.faces.LocalFaceService;
import dev.facet.core.faces.wire.JsonResultCodec;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.fakes.HarmlessLog;
import dev.facet.core.fakes.InMemoryGalleryStore;
import dev.facet.core.fakes.InMemoryImageStore;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.ImageKeeper;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.subjects.SubjectIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObservedFaceServiceTest {

  private final Application application =
      Application.withDefaults(new ApplicationId(UUID.randomUUID()));
  private final List<String> log = new ArrayList<>();
  private final List<String> metrics = new ArrayList<>();
  private final FaceService faces = observed();

  @Test
  void a_command_is_a_line_in_the_log_without_its_content() {
    String photo = photo("a photo of somebody");
    SubjectId subject = faces.execute(new Register(call(), photo)).subject();

    assertThat(log)
        .singleElement()
        .asString()
        .contains("\"operation\":\"Register\"", "\"correlationId\":\"order 17\"")
        .contains(application.id().toString(), "\"outcome\":\"ok\"", "\"coldStart\":true")
        .doesNotContain(photo, subject.value());
    new HarmlessLog().without(photo).accept(log.getFirst());
  }

  @Test
  void the_gallerys_size_and_its_logs_length_are_told() {
    faces.execute(new Register(call(), photo("ann")));
    faces.execute(new Register(call(), photo("bob")));
    faces.execute(new Search(call(), photo("ann"), 7000, 10));

    assertThat(metrics.getLast())
        .contains(
            "\"Operation\":\"face.Gallery\"",
            "\"GallerySize\":2",
            "\"LogLength\":2",
            "\"LogBytes\":");
  }

  @Test
  void whether_somebody_was_found_is_counted() {
    SubjectId ann = faces.execute(new Register(call(), photo("ann/1"))).subject();

    faces.execute(new Search(call(), photo("ann/2"), 7000, 10));
    assertThat(requests("face.Search")).last().asString().contains("\"Match\":1");
    faces.execute(new Search(call(), photo("bob/1"), 7000, 10));
    assertThat(requests("face.Search")).last().asString().contains("\"NoMatch\":1");
    faces.execute(new Verify(call(), photo("ann/2"), ann));
    assertThat(requests("face.Verify")).last().asString().contains("\"Match\":1");
    faces.execute(new Verify(call(), photo("bob/1"), ann));
    assertThat(requests("face.Verify")).last().asString().contains("\"NoMatch\":1");
  }

  @Test
  void a_fault_is_told_and_thrown() {
    assertThatThrownBy(() -> faces.execute(new Register(call(), photo("-"))))
        .isInstanceOf(NoFace.class);

    assertThat(log.getFirst()).contains("\"fault\":\"NoFace\"", "\"outcome\":\"client\"");
    assertThat(requests("face.Register")).last().asString().contains("\"ClientErrors\":1");
    assertThat(metrics.toString()).doesNotContain("\"Match\"", "\"NoMatch\"");
  }

  @Test
  void a_damaged_or_too_long_log_is_counted() {
    for (InternalFault.Kind kind : InternalFault.Kind.values()) {
      FaceService broken =
          observed(
              new FaceService() {
                @Override
                public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
                  throw new InternalFault(kind, "broken on purpose");
                }
              });
      assertThatThrownBy(() -> broken.execute(new Register(call(), photo("ann"))))
          .isInstanceOf(InternalFault.class);
    }
    assertThat(metrics).filteredOn(line -> line.contains("\"LogDamaged\":1")).hasSize(1);
    assertThat(metrics).filteredOn(line -> line.contains("\"LogTooLong\":1")).hasSize(1);
  }

  private FaceService observed(FaceService service) {
    Clock clock = Clock.systemUTC();
    Galleries galleries =
        new Galleries(
            new InMemoryGalleryStore(clock),
            GalleryLimits.unlimited(64 << 20),
            clock,
            new SecureRandom());
    return new ObservedFaceService(
        service,
        galleries,
        Set.of("bundle"),
        clock,
        log::add,
        new Telemetry("Facet", clock, metrics::add));
  }

  private List<String> requests(String operation) {
    return metrics.stream().filter(line -> line.contains("\"" + operation + "\"")).toList();
  }

  private CallContext call() {
    return new CallContext(
        application,
        new OperationId(UUID.randomUUID().toString()),
        "",
        Instant.now().plusSeconds(20),
        "order 17");
  }

  private FaceService observed() {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    InMemoryGalleryStore store = new InMemoryGalleryStore(clock);
    Galleries galleries = new Galleries(store, GalleryLimits.unlimited(64 << 20), clock, random);
    ImageBundles bundles =
        ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4)));
    FaceService service =
        new LocalFaceService(
            bundles,
            galleries,
            new ImageKeeper(new InMemoryImageStore(), store, clock, random),
            new SubjectIds(SubjectIds.NEC_PREFIX, random),
            new EmbeddingIdentities(
                galleries, MatchingRules.DEFAULT, new JsonResultCodec(), clock, random),
            new JsonResultCodec(),
            clock);
    return new ObservedFaceService(
        service,
        galleries,
        bundles.ids(),
        clock,
        log::add,
        new Telemetry("Facet", clock, metrics::add));
  }
}
