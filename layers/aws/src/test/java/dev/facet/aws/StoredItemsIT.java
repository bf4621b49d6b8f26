package dev.facet.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.DeletionEntry;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.LogChange;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogErasure;
import dev.facet.core.gallery.LogPage;
import dev.facet.core.gallery.LogPosition;
import dev.facet.core.gallery.Subject;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Write;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.images.Erasure;
import dev.facet.core.images.ImageKey;
import dev.facet.core.jobs.JobId;
import dev.facet.core.jobs.JobState;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.core.revision.Revisioned;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of both tables, of every kind, from the values below: {@code items-1.jsonl} was written
 * by commit 90e4ca2, {@code items-2.jsonl} since log entries have a stamp. Written and read through
 * the stores, on DynamoDB Local.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredItemsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** So far ahead that DynamoDB Local removes no item as expired. */
  private static final Instant NOW = Instant.parse("2100-01-02T03:04:05.678Z");

  private static final Instant LATER = NOW.plusSeconds(3600);

  private static final ApplicationId APPLICATION_ID = new ApplicationId(new UUID(1, 2));
  private static final Application APPLICATION =
      new Application(APPLICATION_ID, 0.45, 7000, true, EnrolAnswer.FAIL);
  private static final GalleryId GALLERY = GalleryId.ofEmbeddings(APPLICATION_ID, "FACE3_3");
  private static final SubjectId ANN = new SubjectId("necidguid-1");
  private static final SubjectId BOB = new SubjectId("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q");
  private static final ImageKey IMAGE = new ImageKey(APPLICATION_ID, ANN, "0123456789abcdef");
  private static final ImageKey OLD = new ImageKey(APPLICATION_ID, ANN, "fedcba9876543210");
  private static final Template TEMPLATE = Template.normalised("face", new float[] {3, -4, 0});
  private static final Subject FULL =
      new Subject(ANN, List.of(TEMPLATE), "fake-512", 0.875, IMAGE, null, null, NOW, LATER);
  private static final PersonId GUID = new PersonId("00000000-fv76-YqIE-w7fA-UrAt0FcVyY2q");
  private static final Subject PERSON =
      new Subject(
          BOB, List.of(TEMPLATE, TEMPLATE), "FACE3_3", null, null, GUID, "bob@example", NOW, NOW);
  private static final Subject GONE =
      new Subject(
          new SubjectId("gone"), List.of(TEMPLATE), "any", null, null, null, null, NOW, NOW);
  private static final Identifier IDENTIFIER =
      new Identifier(APPLICATION_ID, "bob@example", GUID, Map.of("node/FACE3_3", BOB), 1);
  private static final Operation FIRST =
      new Operation(new OperationId("op-1"), "digest-1", "{\"first\":1}", LATER);
  private static final Operation SECOND =
      new Operation(new OperationId("op-2"), "digest-2", "{\"second\":2}", LATER);
  private static final KeyRecord KEY =
      new KeyRecord(
          new UUID(3, 4),
          new KeyId("ab".repeat(32)),
          APPLICATION_ID,
          "customer-1",
          "api-1",
          "plan-1",
          "product-1",
          "AIDA1",
          KeyStatus.DISABLED,
          NOW,
          NOW,
          LATER,
          null);
  private static final KeyRecord BARE_KEY =
      new KeyRecord(
          new UUID(5, 6),
          new KeyId("cd".repeat(32)),
          APPLICATION_ID,
          null,
          null,
          null,
          null,
          null,
          KeyStatus.ACTIVE,
          NOW,
          NOW,
          null,
          null);
  private static final UsagePlan PLAN =
      new UsagePlan("plan-1", "Plan", 2.5, 7, new Quota(1000, Period.WEEK), "product-1");
  private static final UsagePlan BARE_PLAN =
      new UsagePlan("plan-2", "plan-2", Double.POSITIVE_INFINITY, 1, null, null);
  private static final UUID COUNTED = new UUID(7, 8);

  private static final JobId DONE = job(1);
  private static final JobId REFUSED = job(2);
  private static final JobId DEAD = job(3);
  private static final JobId EXPIRED = job(4);
  private static final Enrolled ENROLLED =
      new Enrolled(
          new Person(
              new PersonId("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q"),
              new PersonId("00000000-fv76-YqIE-w7fA-UrAt0FcVyY2q"),
              0.25),
          true);

  private final EmbeddedDynamo dynamo = new EmbeddedDynamo();
  private final DynamoDbClient client = dynamo.client();
  private final Tables tables = Tables.DEFAULT;
  private final DynamoGalleryStore galleries = new DynamoGalleryStore(client, tables, () -> NOW);
  private final DynamoErasureStore erasures = new DynamoErasureStore(client, tables, () -> NOW);
  private final DynamoLogErasureStore logErasures = new DynamoLogErasureStore(client, tables);
  private final DynamoApplicationStore applications = new DynamoApplicationStore(client, tables);
  private final DynamoKeyStore keys = new DynamoKeyStore(client, tables);
  private final DynamoPlanStore plans = new DynamoPlanStore(client, tables);
  private final DynamoJobStore jobs = new DynamoJobStore(client, tables, () -> NOW);

  @AfterEach
  void stop() {
    dynamo.close();
  }

  /** The id's bytes: format, form, time, application, random number, MAC. */
  private static JobId job(int number) {
    byte[] bytes = new byte[50];
    bytes[0] = 1;
    bytes[1] = 1;
    bytes[17] = 1;
    bytes[33] = (byte) number;
    return JobId.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private void writeAll() {
    erasures.add(new Erasure(IMAGE, LATER), LATER);
    galleries.commit(
        new Commit(
            GALLERY,
            LogPosition.START,
            "epoch-1",
            3,
            Map.of("face", 3),
            List.of(
                new Write(
                    FIRST,
                    List.of(new Write.Store(FULL), new Write.Store(PERSON), new Write.Store(GONE)),
                    List.of(
                        new Write.Keep(new Erasure(IMAGE, LATER)), new Write.Bind(IDENTIFIER)))),
            new LogEntry.Stamp(NOW, "token-1", "")),
        LATER);
    galleries.commit(
        new Commit(
            GALLERY,
            new LogPosition("epoch-1", 1),
            "epoch-2",
            3,
            Map.of("face", 3),
            List.of(
                new Write(
                    SECOND,
                    List.of(new Write.Drop(GONE.storedAt(1))),
                    List.of(new Write.Erase(new Erasure(OLD, LATER))))),
            new LogEntry.Stamp(LATER, "token-2", "token-1")),
        LATER);
    applications.put(null, APPLICATION);
    keys.put(null, KEY);
    keys.put(null, BARE_KEY);
    plans.put(null, PlanRecord.open(PLAN));
    plans.put(null, PlanRecord.open(BARE_PLAN));
    new DynamoUsage(client, tables, () -> NOW)
        .spend(COUNTED, new Quota(1000, Period.MONTH), LocalDate.parse("2100-01-02"));
    jobs.settle(DONE, new JobState.Done(ENROLLED));
    jobs.settle(REFUSED, new JobState.Refused(new InvalidRequest("metadata.id must be short.")));
    jobs.settle(DEAD, new JobState.Dead());
    jobs.settle(EXPIRED, new JobState.Expired());
  }

  @Test
  void items_are_written_as_on_record() {
    writeAll();
    assertThat(dump()).isEqualTo(golden());
  }

  @Test
  void an_application_that_is_being_erased_is_written_and_read_as_on_record() {
    Application erasing = new Application(APPLICATION_ID, 0.45, 7000, true, EnrolAnswer.FAIL, NOW);
    applications.put(null, erasing);
    assertThat(dump()).isEqualTo(golden("items-erasing.jsonl"));

    golden("items-erasing.jsonl").forEach(this::put);
    assertThat(applications.find(APPLICATION_ID)).contains(erasing);
  }

  @Test
  void norms_of_templates_are_written_and_read_as_on_record() {
    Subject measured =
        new Subject(
            ANN,
            List.of(Template.measured("face", new float[] {3, -4.1f, 0}), TEMPLATE),
            "sface-128-v1",
            0.875,
            null,
            null,
            null,
            NOW,
            NOW);
    GalleryId gallery = GalleryId.ofImages(APPLICATION_ID, "sface-128-v1");
    galleries.commit(
        new Commit(
            gallery,
            LogPosition.START,
            "epoch-1",
            2,
            Map.of("face", 3),
            List.of(new Write(FIRST, List.of(new Write.Store(measured)), List.of())),
            new LogEntry.Stamp(NOW, "token-1", "")),
        LATER);
    assertThat(dump()).isEqualTo(golden("items-norm.jsonl"));

    assertThat(galleries.subject(gallery, ANN, LATER)).contains(measured.storedAt(1));
    assertThat(galleries.log(gallery, 1, LATER).entries().getFirst().changes())
        .containsExactly(new LogChange.Put(ANN, measured.templates()));
  }

  /** The raised schema keeps versions that do not know exclusions from letting them match. */
  @Test
  void excluded_templates_are_written_and_read_as_on_record() {
    Subject excluded = new Subject(ANN, List.of(TEMPLATE), "any", null, null, null, null, NOW, NOW);
    galleries.commit(
        new Commit(
            GALLERY,
            LogPosition.START,
            "epoch-1",
            1,
            Map.of("face", 3),
            List.of(
                new Write(FIRST, List.of(new Write.Store(excluded.excluding(true))), List.of())),
            new LogEntry.Stamp(NOW, "token-1", "")),
        LATER);
    assertThat(dump()).isEqualTo(golden("items-excluded.jsonl"));

    assertThat(galleries.subject(GALLERY, ANN, LATER))
        .contains(excluded.excluding(true).storedAt(1));
    assertThat(galleries.log(GALLERY, 1, LATER).entries().getFirst().changes())
        .containsExactly(new LogChange.Put(ANN, excluded.templates(), true));
  }

  @Test
  void the_bundle_of_an_image_gallery_is_written_once_and_read_as_on_record() {
    assertThat(galleries.imageBundle(APPLICATION_ID, LATER)).isEmpty();
    assertThat(galleries.recordImageBundle(APPLICATION_ID, "sface-128-v1", LATER))
        .isEqualTo("sface-128-v1");
    assertThat(galleries.recordImageBundle(APPLICATION_ID, "other", LATER))
        .isEqualTo("sface-128-v1");
    assertThat(dump()).isEqualTo(golden("items-bundle.jsonl"));
    assertThat(galleries.imageBundle(APPLICATION_ID, LATER)).contains("sface-128-v1");
  }

  @Test
  void deletions_are_written_and_read_as_on_record() {
    DynamoDeletionLedger ledger = new DynamoDeletionLedger(client, tables);
    writeAll();
    ledger.applicationErased(APPLICATION_ID, NOW);
    assertThat(dump(tables.ledger())).isEqualTo(golden("ledger-1.jsonl"));

    assertThat(ledger.erasedApplications()).containsExactly(APPLICATION_ID);
    assertThat(ledger.deletions())
        .containsExactly(
            new DeletionEntry(
                GALLERY,
                "token-2",
                List.of(new DeletionEntry.Ended(GONE.id(), 1, GONE.updated(), false)),
                LATER));
  }

  @Test
  void the_state_of_a_restore_is_written_and_read_as_on_record() {
    DynamoAdmission admission = new DynamoAdmission(client, tables);
    assertThat(admission.close(NOW)).isEqualTo(NOW);
    assertThat(dump()).isEqualTo(golden("restoring.jsonl"));
    assertThat(admission.close(LATER)).as("an interrupted restore").isEqualTo(NOW);
    assertThat(admission.isAdmitted()).isFalse();

    admission.admit();
    assertThat(dump()).isEqualTo(golden("admitted.jsonl"));
    assertThat(admission.isAdmitted()).isTrue();
  }

  @Test
  void items_of_the_first_version_are_read() {
    golden("items-1.jsonl").forEach(line -> put(line));

    assertThat(galleries.head(GALLERY, LATER))
        .isEqualTo(new GalleryHead(new LogPosition("epoch-2", 2), 1, 3, Map.of("face", 3), null));
    assertThat(galleries.log(GALLERY, 1, LATER).entries())
        .allSatisfy(entry -> assertThat(entry.stamp()).isNull());
    readAll(Subject.NO_SEQ);
  }

  @Test
  void items_on_record_are_read() {
    golden().forEach(line -> put(line));

    LogPage page = galleries.log(GALLERY, 1, LATER);
    assertThat(page.entries())
        .extracting(LogEntry::stamp)
        .containsExactly(
            new LogEntry.Stamp(NOW, "token-1", ""),
            new LogEntry.Stamp(LATER, "token-2", "token-1"));
    assertThat(galleries.head(GALLERY, LATER))
        .isEqualTo(
            new GalleryHead(
                new LogPosition("epoch-2", 2),
                1,
                3,
                Map.of("face", 3),
                null,
                "token-2",
                page.entries().stream().mapToLong(LogEntry::bytes).sum()));
    assertThat(logErasures.pending(LATER.plusSeconds(1), 10))
        .containsExactly(
            new LogErasure(GALLERY, 2, List.of(new LogErasure.Ended(GONE.id(), 1)), false, LATER));
    readAll(1);
  }

  /** An older version moves the head without a token, and leaves the attribute alone. */
  @Test
  void a_token_of_an_earlier_entry_is_not_the_heads() {
    golden()
        .forEach(
            line -> put(line.replace("\"tokenSeq\":{\"N\":\"2\"}", "\"tokenSeq\":{\"N\":\"1\"}")));
    assertThat(galleries.head(GALLERY, LATER).token()).isNull();
  }

  private void readAll(long seq) {
    assertThat(galleries.log(GALLERY, 1, LATER).toString()).contains("gone");
    assertThat(galleries.subject(GALLERY, ANN, LATER)).contains(FULL.storedAt(seq));
    assertThat(galleries.subject(GALLERY, BOB, LATER)).contains(PERSON.storedAt(seq));
    assertThat(galleries.identifier(APPLICATION_ID, "bob@example", LATER)).contains(IDENTIFIER);
    assertThat(galleries.operation(APPLICATION_ID, FIRST.id(), LATER)).contains(FIRST);
    assertThat(galleries.operation(APPLICATION_ID, SECOND.id(), LATER)).contains(SECOND);
    assertThat(erasures.due(LATER.plusSeconds(1), 10)).containsExactly(new Erasure(OLD, LATER));
    assertThat(applications.find(APPLICATION_ID)).contains(APPLICATION);
    assertThat(keys.list())
        .containsExactlyInAnyOrder(new Revisioned<>(KEY, 0), new Revisioned<>(BARE_KEY, 0));
    assertThat(plans.find("plan-1")).contains(PLAN);
    assertThat(plans.find("plan-2")).contains(BARE_PLAN);
    assertThat(jobs.find(DONE)).contains(new JobState.Done(ENROLLED));
    assertThat(jobs.find(REFUSED))
        .get()
        .isInstanceOfSatisfying(
            JobState.Refused.class,
            refused -> assertThat(refused.fault()).hasMessage("metadata.id must be short."));
    assertThat(jobs.find(DEAD)).contains(new JobState.Dead());
    assertThat(jobs.find(EXPIRED)).contains(new JobState.Expired());
    assertThat(
            new DynamoUsage(client, tables, () -> NOW)
                .spend(COUNTED, new Quota(1, Period.MONTH), LocalDate.parse("2100-01-02")))
        .as("one request is on record already")
        .isFalse();
  }

  /** No version writes it yet. */
  @Test
  void a_snapshot_in_a_head_is_read() {
    golden().forEach(line -> put(line));
    String row =
        golden().stream().filter(line -> line.contains("log#~head")).findAny().orElseThrow();
    Map<String, AttributeValue> head = new HashMap<>(attributes(row));
    head.put("snapshot", AttributeValue.fromS("object-1"));
    head.put("snapshotSeq", AttributeValue.fromN("2"));
    client.putItem(put -> put.tableName(tables.data()).item(head));
    assertThat(galleries.head(GALLERY, LATER).snapshot())
        .isEqualTo(new GalleryHead.Snapshot("object-1", 2));
  }

  @Test
  void an_unknown_attribute_is_ignored() {
    golden()
        .forEach(line -> put(line.replace("\"schema\":", "\"news\":{\"S\":\"x\"},\"schema\":")));
    assertThat(applications.find(APPLICATION_ID)).contains(APPLICATION);
    assertThat(galleries.subject(GALLERY, ANN, LATER)).contains(FULL.storedAt(1));
  }

  @Test
  void a_newer_item_asks_to_replace_this_version() {
    golden()
        .forEach(line -> put(line.replace("\"schema\":{\"N\":\"1\"}", "\"schema\":{\"N\":\"3\"}")));
    Stream.<Runnable>of(
            () -> galleries.head(GALLERY, LATER),
            () -> galleries.log(GALLERY, 1, LATER),
            () -> galleries.subject(GALLERY, ANN, LATER),
            () -> galleries.identifier(APPLICATION_ID, "bob@example", LATER),
            () -> galleries.operation(APPLICATION_ID, FIRST.id(), LATER),
            () -> erasures.due(LATER.plusSeconds(1), 10),
            () -> logErasures.pending(LATER.plusSeconds(1), 10),
            () -> applications.find(APPLICATION_ID),
            keys::list,
            () -> plans.find("plan-1"),
            () -> jobs.find(DONE))
        .forEach(
            read ->
                assertThatThrownBy(read::run)
                    .isInstanceOf(InternalFault.class)
                    .hasMessageContaining("format 3")
                    .hasMessageContaining("replace this version"));
  }

  @Test
  void an_unknown_value_asks_to_replace_this_version() {
    golden()
        .forEach(
            line ->
                put(
                    line.replace("{\"S\":\"remove\"}", "{\"S\":\"tag\"}")
                        .replace("{\"S\":\"fail\"}", "{\"S\":\"news\"}")
                        .replace("{\"S\":\"WEEK\"}", "{\"S\":\"YEAR\"}")
                        .replace("{\"S\":\"disabled\"}", "{\"S\":\"asleep\"}")));
    Stream.<Runnable>of(
            () -> galleries.log(GALLERY, 1, LATER),
            () -> applications.find(APPLICATION_ID),
            () -> plans.find("plan-1"),
            keys::list)
        .forEach(
            read ->
                assertThatThrownBy(read::run)
                    .isInstanceOf(InternalFault.class)
                    .hasMessageContaining("replace this version"));
  }

  @Test
  void an_older_item_is_refused_as_before() {
    golden()
        .forEach(line -> put(line.replace("\"schema\":{\"N\":\"1\"}", "\"schema\":{\"N\":\"0\"}")));
    assertThatThrownBy(() -> applications.find(APPLICATION_ID))
        .isInstanceOf(InternalFault.class)
        .hasMessageNotContaining("replace this version");
  }

  private static List<String> golden() {
    return golden("items-2.jsonl");
  }

  private static List<String> golden(String file) {
    try (InputStream in = StoredItemsIT.class.getResourceAsStream(file)) {
      return new String(requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> dump() {
    return dump(tables.data(), tables.keys());
  }

  private List<String> dump(String... names) {
    return Stream.of(names)
        .flatMap(table -> client.scan(scan -> scan.tableName(table)).items().stream())
        .map(item -> json(item).toString())
        .sorted()
        .toList();
  }

  private void put(String line) {
    Map<String, AttributeValue> item = attributes(line);
    String table = item.containsKey(Tables.KEY_ID) ? tables.keys() : tables.data();
    client.putItem(put -> put.tableName(table).item(item));
  }

  private static ObjectNode json(Map<String, AttributeValue> item) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(item).forEach((name, value) -> object.set(name, json(value)));
    if (!object.at("/pk/S").asText().startsWith(StoreKeys.IDENTIFIER_PREFIX)) {
      // AccessItemsIT has the revisions of records that decide on access
      object.remove("revision");
    }
    return object;
  }

  private static ObjectNode json(AttributeValue value) {
    ObjectNode typed = JsonNodeFactory.instance.objectNode();
    return switch (value.type()) {
      case S -> typed.put("S", value.s());
      case N -> typed.put("N", value.n());
      case B -> typed.put("B", value.b().asByteArray());
      case BOOL -> typed.put("BOOL", value.bool());
      case M -> typed.set("M", json(value.m()));
      case L -> {
        ArrayNode list = typed.putArray("L");
        value.l().forEach(element -> list.add(json(element)));
        yield typed;
      }
      default -> throw new AssertionError(value.type());
    };
  }

  private static Map<String, AttributeValue> attributes(String json) {
    try {
      return attributes(JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, AttributeValue> attributes(JsonNode object) {
    return object.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> attribute(entry.getValue())));
  }

  private static AttributeValue attribute(JsonNode typed) {
    String type = typed.fieldNames().next();
    JsonNode value = typed.get(type);
    return switch (type) {
      case "S" -> AttributeValue.fromS(value.asText());
      case "N" -> AttributeValue.fromN(value.asText());
      case "B" ->
          AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(value.asText())));
      case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
      case "M" -> AttributeValue.fromM(attributes(value));
      case "L" ->
          AttributeValue.fromL(
              Stream.iterate(0, i -> i < value.size(), i -> i + 1)
                  .map(i -> attribute(value.get(i)))
                  .toList());
      default -> throw new AssertionError(type);
    };
  }

  /** Writes the golden file from the items that this version writes. */
  public static void main(String[] arguments) throws IOException {
    StoredItemsIT test = new StoredItemsIT();
    test.writeAll();
    java.nio.file.Files.write(java.nio.file.Path.of(arguments[0]), test.dump());
    test.stop();
    System.exit(0);
  }
}
