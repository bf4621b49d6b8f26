package dev.facet.aws;

import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facet.aws.faces.FaceServices;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.embeddings.MatchingRules;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.erasure.ApplicationContents;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer.Candidate;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.GalleryAudit;
import dev.facet.core.faces.ImageBundle;
import dev.facet.core.faces.ImageBundles;
import dev.facet.core.fakes.FakeFaces;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.GalleryLimits;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.GatewayKeys;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.restore.Restore;
import dev.facet.core.restore.RestoreReport;
import dev.facet.core.subjects.SubjectId;
import dev.facet.core.subjects.SubjectIds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A rehearsal of a restore: people are enrolled on both APIs, the data table is backed up, the
 * people change, the table is lost, and its backup takes its place. A copy of the table under a new
 * name stands for the backup.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class RestoreContract {

  private static final ModelVersion VERSION = new ModelVersion("FACE3_1");

  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final Application application = application();
  private final Tables original = tables();
  private final FaceService faces = faces(original);

  /** Returns the database. */
  protected abstract DynamoDbClient dynamo();

  /** Returns the store of photos. */
  protected abstract S3Client s3();

  /** Returns the bucket of photos. */
  protected abstract String bucket();

  private static Application application() {
    return Application.withDefaults(new ApplicationId(UUID.randomUUID())).keepingImages(true);
  }

  private static Tables tables() {
    String name = "facet-" + UUID.randomUUID();
    return new Tables(name, name + "-keys", name + "-ledger");
  }

  @BeforeEach
  void createTables() {
    original.create(dynamo());
    StoredObjects.of(s3(), bucket(), "")
        .keySet()
        .forEach(key -> s3().deleteObject(delete -> delete.bucket(bucket()).key(key)));
    new DynamoApplicationStore(dynamo(), original).put(null, application);
  }

  @Test
  void deletions_and_replacements_after_the_backup_are_repeated() {
    SubjectId ann = register("ann/1");
    CallContext bobsCall = call();
    SubjectId bob = register(faces, bobsCall, "bob/1");
    SubjectId cid = register("cid/1");
    enrol("dan");
    Person eve = enrol("eve");
    Tables backup = copy(original);
    faces.execute(new FaceCommand.Delete(call(), bob));
    faces.execute(new FaceCommand.DeletePerson(call(), VERSION, eve.puid()));
    faces.execute(new FaceCommand.Update(call(), cid, photo("cid/2")));
    SubjectId fay = register("fay/1");
    enrol("gus");
    String epoch = head(original).position().epoch();
    FaceService stale = faces(backup);
    assertThat(found(stale, "bob/1")).as("the backup brings people back").containsExactly(bob);
    assertThat(photos()).hasSize(3);
    dynamo().deleteTable(delete -> delete.tableName(original.data()));

    Tables restored = adopted(backup);
    assertThatExceptionOfType(TransientFault.class)
        .isThrownBy(() -> found(faces(restored), "ann/1"))
        .satisfies(
            refused -> assertThat(refused.kind()).isEqualTo(TransientFault.Kind.NO_CAPACITY));
    RestoreReport report = restore(restored, dynamo()).run();

    assertThat(report).isEqualTo(new RestoreReport(2, 2, 2, 2, List.of(cid), 0, 0, 1, 2, 2, 3));
    assertThat(head(restored).position().epoch()).isNotEqualTo(epoch);
    for (FaceService reader : List.of(faces(restored), stale)) {
      assertThat(found(reader, "ann/1")).containsExactly(ann);
      assertThat(reader.execute(new FaceCommand.Verify(call(), photo("ann/3"), ann)).score())
          .isGreaterThan(7000);
      for (String gone : List.of("bob/1", "cid/1", "cid/2", "fay/1")) {
        assertThat(found(reader, gone)).as(gone).isEmpty();
      }
      assertThat(predicted(reader, "dan")).hasSize(1);
      assertThat(predicted(reader, "eve")).isEmpty();
      assertThat(predicted(reader, "gus")).as("enrolled after the backup").isEmpty();
    }
    assertThat(register(faces(restored), bobsCall, "bob/1"))
        .as("a repetition gets the first answer")
        .isEqualTo(bob);
    assertThat(found(faces(restored), "bob/1")).as("and revives nobody").isEmpty();
    assertThat(photos()).anyMatch(key -> key.contains(ann.value()));
    assertThat(photos()).noneMatch(key -> key.contains(bob.value()));
    assertThat(
            new DynamoErasureStore(dynamo(), restored, clock)
                .due(clock.instant().plus(Restore.ORPHANS_KEPT).plusSeconds(60), 10))
        .as("photos without a subject")
        .extracting(erasure -> erasure.image().subject())
        .contains(cid, fay);
  }

  @Test
  void a_restored_table_is_written_as_before() {
    SubjectId ann = register("ann/1");
    SubjectId bob = register("bob/1");
    enrol("dan");
    Person eve = enrol("eve");
    faces.execute(new FaceCommand.Update(call(), ann, photo("ann/2")));
    Tables backup = copy(original);
    faces.execute(new FaceCommand.DeletePerson(call(), VERSION, eve.puid()));

    Tables restored = adopted(backup);
    restore(restored, dynamo()).run();
    FaceService after = faces(restored);
    assertThat(enrol(after, "eve").puid()).isNotEqualTo(eve.puid());
    SubjectId fay = register(after, call(), "fay/1");
    after.execute(new FaceCommand.Update(call(), ann, photo("ann/3")));
    after.execute(new FaceCommand.Delete(call(), bob));
    assertThatExceptionOfType(SubjectNotFound.class)
        .isThrownBy(() -> after.execute(new FaceCommand.Delete(call(), bob)));
    new FaceServices(dynamo(), restored, clock, random).logSweeper().sweep();

    FaceService fresh = faces(restored);
    assertThat(found(fresh, "ann/3")).containsExactly(ann);
    assertThat(found(fresh, "fay/1")).containsExactly(fay);
    assertThat(found(fresh, "bob/1")).isEmpty();
    assertThat(predicted(fresh, "eve")).hasSize(1);
  }

  @Test
  void a_replacement_that_the_backup_holds_is_spared() {
    SubjectId ann = register("ann/1");
    faces.execute(new FaceCommand.Update(call(), ann, photo("ann/2")));
    Tables restored = adopted(copy(original));

    RestoreReport report = restore(restored, dynamo()).run();

    assertThat(report.spared()).isEqualTo(1);
    assertThat(report.replaced()).isEmpty();
    assertThat(found(faces(restored), "ann/2")).containsExactly(ann);
  }

  /** The records of a second backup have the numbers of another epoch than the ledger's. */
  @Test
  void a_deletion_after_a_restore_is_repeated_on_an_older_backup() {
    register("ann/1");
    SubjectId bob = register("bob/1");
    Tables first = copy(original);
    Tables second = copy(original);
    Tables restored = adopted(first);
    restore(restored, dynamo()).run();
    faces(restored).execute(new FaceCommand.Delete(call(), bob));

    Tables again = adopted(second);
    assertThat(restore(again, dynamo()).run().deleted()).isEqualTo(1);
    assertThat(found(faces(again), "bob/1")).isEmpty();
  }

  @Test
  void an_application_erased_after_the_backup_is_erased_again() {
    register("ann/1");
    Application other = application();
    new DynamoApplicationStore(dynamo(), original).put(null, other);
    Tables backup = copy(original);
    erasure(original, dynamo()).erase(application.id());

    Tables restored = adopted(backup);
    assertThat(restore(restored, dynamo()).run().applications()).isEqualTo(1);

    DynamoApplicationStore applications = new DynamoApplicationStore(dynamo(), restored);
    assertThat(applications.find(application.id())).isEmpty();
    assertThat(applications.find(other.id())).contains(other);
    assertThat(contents(restored)).noneMatch(item -> item.contains(application.id().toString()));
  }

  @Test
  void a_log_that_does_not_match_the_records_is_rebuilt() {
    SubjectId ann = register("ann/1");
    register("bob/1");
    Tables backup = copy(original);
    GalleryId gallery = gallery();
    dynamo()
        .deleteItem(delete -> delete.tableName(backup.data()).key(LogItems.entryKey(gallery, 1)));
    dynamo()
        .deleteItem(
            delete ->
                delete
                    .tableName(backup.data())
                    .key(SubjectItems.key(gallery, found(faces, "bob/1").getFirst())));

    Tables restored = adopted(backup);
    restore(restored, dynamo()).run();

    assertThat(found(faces(restored), "ann/1")).containsExactly(ann);
    assertThat(found(faces(restored), "bob/1")).as("the records are the authority").isEmpty();
    assertThat(register(faces(restored), call(), "cid/1")).isNotNull();
  }

  @Test
  void an_excluded_subject_stays_excluded_in_the_gallery_of_its_bundle() {
    SubjectId ann = register("ann/1");
    audit(original).exclude(application.id(), ann, true);
    Tables restored = adopted(copy(original));

    restore(restored, dynamo()).run();

    assertThat(audit(restored).bundle(application.id())).contains(new FakeFaces().bundleId());
    assertThat(found(faces(restored), "ann/1")).isEmpty();
    audit(restored).exclude(application.id(), ann, false);
    assertThat(found(faces(restored), "ann/1")).containsExactly(ann);
  }

  private GalleryAudit audit(Tables tables) {
    return new GalleryAudit(
        new FaceServices(dynamo(), tables, clock, random)
            .galleries(GalleryLimits.unlimited(64 << 20)),
        (key, deadline) -> Optional.empty(),
        () -> {
          throw new AssertionError("no bundle is needed");
        },
        clock,
        random);
  }

  @Test
  void a_copy_of_a_restored_table_is_not_admitted() {
    register("ann/1");
    Tables restored = adopted(copy(original));
    restore(restored, dynamo()).run();
    assertThat(new DynamoAdmission(dynamo(), restored).isAdmitted()).isTrue();

    assertThat(new DynamoAdmission(dynamo(), copy(restored)).isAdmitted()).isFalse();
  }

  @Test
  void logs_are_not_swept_during_a_restore() {
    SubjectId ann = register("ann/1");
    faces.execute(new FaceCommand.Update(call(), ann, photo("ann/2")));
    DynamoAdmission admission = new DynamoAdmission(dynamo(), original);
    FaceServices services = new FaceServices(dynamo(), original, clock, random);

    admission.close(clock.instant());
    assertThat(services.logSweeper().sweep()).isZero();
    admission.admit();
    assertThat(services.logSweeper().sweep()).isEqualTo(1);
  }

  @Test
  void it_waits_until_no_request_can_write() {
    Instant closed = new DynamoAdmission(dynamo(), original).close(clock.instant());
    List<Duration> pauses = new ArrayList<>();
    restore(original, dynamo(), Duration.ofSeconds(60), pauses).run();
    assertThat(pauses)
        .singleElement()
        .satisfies(
            pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    assertThat(closed).isBeforeOrEqualTo(clock.instant());
  }

  @Test
  void a_restore_that_crashes_at_any_step_is_completed_by_the_next() {
    SubjectId ann = register("ann/1");
    SubjectId bob = register("bob/1");
    SubjectId cid = register("cid/1");
    enrol("dan");
    Person eve = enrol("eve");
    Tables backup = copy(original);
    faces.execute(new FaceCommand.Delete(call(), bob));
    faces.execute(new FaceCommand.DeletePerson(call(), VERSION, eve.puid()));
    faces.execute(new FaceCommand.Update(call(), cid, photo("cid/2")));
    int crashes = 0;
    for (int step = 1; ; step++) {
      boolean crashed = false;
      for (boolean before : new boolean[] {true, false}) {
        Tables restored = adopted(copy(backup));
        try {
          restore(restored, crashingAt(step, before)).run();
        } catch (Crash expected) {
          crashed = true;
          crashes++;
        }
        boolean last = new DynamoAdmission(dynamo(), restored).isAdmitted();
        assertThat(last && crashed && before).as("admitted after step %d", step).isFalse();
        if (!last) {
          restore(restored, dynamo()).run();
        }
        FaceService after = faces(restored);
        assertThat(found(after, "ann/1")).as("after step %d", step).containsExactly(ann);
        assertThat(found(after, "bob/1")).as("after step %d", step).isEmpty();
        assertThat(found(after, "cid/1")).as("after step %d", step).isEmpty();
        assertThat(predicted(after, "dan")).as("after step %d", step).hasSize(1);
        assertThat(predicted(after, "eve")).as("after step %d", step).isEmpty();
        assertThat(contents(restored))
            .as("after step %d", step)
            .noneMatch(item -> item.contains("identifier#") && item.contains("\"eve\""));
        dynamo().deleteTable(delete -> delete.tableName(restored.data()));
      }
      if (!crashed) {
        break;
      }
    }
    assertThat(crashes).isGreaterThan(16);
  }

  private Restore restore(Tables tables, DynamoDbClient client) {
    return restore(tables, client, Duration.ZERO, new ArrayList<>());
  }

  private Restore restore(
      Tables tables, DynamoDbClient client, Duration wait, List<Duration> pauses) {
    return new Restore(
        new Restore.Stores(
            new DynamoAdmission(client, tables),
            new DynamoRestoredStore(client, tables, s3(), bucket(), clock),
            new DynamoApplicationStore(client, tables),
            new S3ImageStore(s3(), bucket(), clock),
            new DynamoErasureStore(client, tables, clock)),
        new DynamoDeletionLedger(client, tables),
        erasure(tables, client),
        wait,
        clock,
        pauses::add,
        random);
  }

  private ApplicationErasure erasure(Tables tables, DynamoDbClient client) {
    return new ApplicationErasure(
        new KeyLifecycle(
            new DynamoKeyStore(client, tables),
            new DynamoApplicationStore(client, tables),
            new NoGatewayKeys(),
            clock,
            random),
        new WithoutBackups(new StoredContents(client, tables, s3(), bucket(), clock)),
        new DynamoDeletionLedger(client, tables),
        Duration.ZERO,
        clock,
        pause -> {});
  }

  private FaceService faces(Tables tables) {
    FaceServices services = new FaceServices(dynamo(), tables, clock, random);
    return services.service(
        ImageBundles.of(new ImageBundle(new FakeFaces(), ScoreMap.calibratedAt(0.4))),
        services.galleries(GalleryLimits.unlimited(64 << 20)),
        services.images(s3(), bucket()),
        new FaceServices.Rules(SubjectIds.NEC_PREFIX, MatchingRules.DEFAULT));
  }

  private SubjectId register(String face) {
    return register(faces, call(), face);
  }

  private static SubjectId register(FaceService service, CallContext call, String face) {
    return service.execute(new FaceCommand.Register(call, photo(face))).subject();
  }

  private Person enrol(String name) {
    return enrol(faces, name);
  }

  private Person enrol(FaceService service, String name) {
    return service
        .execute(
            new FaceCommand.EnrolFeatures(
                call(), VERSION, List.of(FakeFaces.template(name, "1")), name))
        .person();
  }

  private List<SubjectId> found(FaceService service, String face) {
    return service
        .execute(new FaceCommand.Search(call(), photo(face), 7000, 10))
        .candidates()
        .stream()
        .map(Candidate::subject)
        .toList();
  }

  private List<Person> predicted(FaceService service, String name) {
    return service
        .execute(
            new FaceCommand.PredictFeatures(
                call(), VERSION, List.of(FakeFaces.template(name, "1")), null, 10))
        .people();
  }

  private CallContext call() {
    return new CallContext(
        application,
        new OperationId(UUID.randomUUID().toString()),
        "digest",
        clock.instant().plusSeconds(60),
        "correlation");
  }

  private GalleryId gallery() {
    return GalleryId.ofImages(application.id(), new FakeFaces().bundleId());
  }

  private GalleryHead head(Tables tables) {
    return new DynamoGalleryStore(dynamo(), tables, clock)
        .head(gallery(), clock.instant().plusSeconds(60));
  }

  private static Tables adopted(Tables tables) {
    return new Tables(tables.data(), tables.keys(), tables.ledger(), true);
  }

  /** Copies the data table under a new name. */
  private Tables copy(Tables tables) {
    Tables copy = new Tables("facet-" + UUID.randomUUID(), tables.keys(), tables.ledger());
    copy.create(dynamo());
    dynamo().scanPaginator(scan -> scan.tableName(tables.data())).items().stream()
        .forEach(item -> dynamo().putItem(put -> put.tableName(copy.data()).item(item)));
    return copy;
  }

  private List<String> contents(Tables tables) {
    return dynamo().scanPaginator(scan -> scan.tableName(tables.data())).items().stream()
        .map(Object::toString)
        .toList();
  }

  private List<String> photos() {
    return List.copyOf(StoredObjects.of(s3(), bucket(), application.id().toString()).keySet());
  }

  /** Returns a client that crashes before or after the write of this number. */
  private DynamoDbClient crashingAt(int number, boolean before) {
    int[] step = {0};
    List<String> writes = List.of("putItem", "deleteItem", "updateItem", "transactWriteItems");
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              boolean counts = writes.contains(method.getName());
              step[0] += counts ? 1 : 0;
              if (counts && step[0] == number && before) {
                throw new Crash();
              }
              try {
                Object result = method.invoke(dynamo(), arguments);
                if (counts && step[0] == number) {
                  throw new Crash();
                }
                return result;
              } catch (InvocationTargetException thrown) {
                throw Objects.requireNonNull(thrown.getCause());
              }
            });
  }

  /** The end of a process; no fault, so nothing handles it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /** DynamoDB Local has no backups, and refuses to say so. */
  private record WithoutBackups(ApplicationContents contents) implements ApplicationContents {
    @Override
    public Stream<Content> list(ApplicationId application, Set<UUID> keys) {
      return contents.list(application, keys);
    }

    @Override
    public void erase(List<Content> erased) {
      contents.erase(erased);
    }

    @Override
    public OptionalInt recoveryDays() {
      return OptionalInt.empty();
    }
  }

  /** A gateway without keys. */
  private static final class NoGatewayKeys implements GatewayKeys {
    @Override
    public Optional<Presence> find(UUID record) {
      return Optional.empty();
    }

    @Override
    public void create(KeyRecord record, ApiKey key) {}

    @Override
    public void join(KeyRecord record) {}

    @Override
    public void enable(UUID record, boolean enabled) {}

    @Override
    public void delete(UUID record) {}
  }
}
