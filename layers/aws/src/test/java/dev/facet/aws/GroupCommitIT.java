package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.gallery.CommitResult;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.gallery.Gallery;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes that share commits stay within DynamoDB's limits on items and transactions. */
@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
final class GroupCommitIT {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();

  private final Random random = new Random(1);
  private final GalleryId id =
      GalleryId.ofEmbeddings(new ApplicationId(UUID.randomUUID()), "FACE3_3");
  private final DynamoGalleryStore store =
      new DynamoGalleryStore(DYNAMO.client(), Tables.DEFAULT, InstantSource.system());
  private final Gallery gallery =
      new Galleries(
              store, GalleryLimits.unlimited(64 << 20), InstantSource.system(), new SecureRandom())
          .open(id);

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  /** Each character of the factor's name takes three bytes. */
  @Test
  void long_names_of_factors_count_by_their_bytes() throws Exception {
    String factor = "顔".repeat(64);
    List<Write> writes =
        IntStream.range(0, 18).mapToObj(i -> enrolment("person-" + i, factor, 32, 128)).toList();

    assertThat(together(writes)).hasSize(18).allMatch(done -> done.write() != null);
    assertThat(store.head(id, soon()).count()).isEqualTo(18 * 32);
  }

  /** 32 identifiers of 130 KB each do not fit one transaction, though few items have changed. */
  @Test
  void companions_count_too() throws Exception {
    List<Write> writes = IntStream.range(0, 32).mapToObj(i -> binding("name-" + i)).toList();

    assertThat(together(writes)).hasSize(32).allMatch(done -> done.write() != null);
    assertThat(store.identifier(id.application(), "name-31", soon())).isPresent();
  }

  @Test
  void a_write_that_fits_no_commit_is_refused_by_itself() throws Exception {
    Write tooLarge = enrolment("large", "face", 64, 1600);
    assertThatThrownBy(() -> gallery.commit(view -> tooLarge, soon()))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("bytes");
  }

  /** Commits writes that all wait while an earlier one is planned. */
  private List<CommitResult> together(List<Write> writes) throws Exception {
    CountDownLatch planning = new CountDownLatch(1);
    CountDownLatch queued = new CountDownLatch(writes.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first =
          threads.submit(
              () ->
                  gallery.commit(
                      view -> {
                        planning.countDown();
                        await(queued);
                        return new Write(operation(), List.of(), List.of());
                      },
                      soon()));
      await(planning);
      List<Future<CommitResult>> results = new ArrayList<>();
      for (Write write : writes) {
        results.add(
            threads.submit(
                () -> {
                  queued.countDown();
                  return gallery.commit(view -> write, soon());
                }));
      }
      first.get();
      List<CommitResult> done = new ArrayList<>();
      for (Future<CommitResult> result : results) {
        done.add(result.get());
      }
      return done;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Write enrolment(String name, String factor, int templates, int dimension) {
    List<Template> all =
        IntStream.range(0, templates).mapToObj(i -> template(factor, dimension)).toList();
    Instant now = Instant.now();
    Subject subject =
        new Subject(new SubjectId(name), all, "FACE3_3", null, null, null, null, now, now);
    return new Write(operation(), List.of(new Write.Store(subject)), List.of());
  }

  private Template template(String factor, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Template.normalised(factor, vector);
  }

  private Write binding(String name) {
    Map<String, SubjectId> subjects = new HashMap<>();
    for (int version = 0; version < 1000; version++) {
      subjects.put(
          "node/" + "F".repeat(100) + version + "_1", new SubjectId("0123456789".repeat(2)));
    }
    PersonId guid = new PersonId("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q");
    return new Write(
        operation(),
        List.of(),
        List.of(new Write.Bind(new Identifier(id.application(), name, guid, subjects, 1))));
  }

  private static Operation operation() {
    return new Operation(
        new OperationId(UUID.randomUUID().toString()),
        "digest",
        "{}",
        Instant.now().plusSeconds(60));
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(30);
  }
}
