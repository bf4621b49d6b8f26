package dev.facet.aws;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.NewerFormat;
import dev.facet.core.gallery.Commit;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.LogChange;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.gallery.LogPosition;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The items of a gallery's partition: log entries, followed by the head. */
final class LogItems {

  private static final String SEQ = "seq";
  private static final String WRITES = "writes";
  private static final String KIND = "kind";
  private static final String PUT = "put";
  private static final String REMOVE = "remove";
  private static final String SUBJECT = "subject";
  private static final String TEMPLATES = "templates";
  private static final String EXCLUDED = "excluded";

  /** The schema of an entry that excludes a subject: older versions would let it match. */
  private static final long EXCLUDING = 2;

  private static final String AT = "at";
  private static final String TOKEN = "token";
  private static final String PREV = "prev";
  private static final String TOKEN_SEQ = "tokenSeq";
  private static final String BYTES = "bytes";
  private static final String SPACE = "space";
  private static final String EPOCH = "epoch";
  private static final String FLOOR = "floor";
  private static final String COUNT = "count";
  private static final String DIMENSIONS = "dimensions";
  private static final String SNAPSHOT = "snapshot";
  private static final String SNAPSHOT_SEQ = "snapshotSeq";

  /** The placeholders for the attributes of changes in an expression. */
  static final Map<String, String> CHANGE_NAMES =
      Map.of("#writes", WRITES, "#subject", SUBJECT, "#templates", TEMPLATES);

  /** The attributes of a head that name and count a gallery, with {@link #LISTED_NAMES}. */
  static final String LISTED = "#pk, #space, #count";

  /** The placeholders of {@link #LISTED}, and of the sort key. */
  static final Map<String, String> LISTED_NAMES =
      Map.of("#pk", Tables.PARTITION, "#sk", Tables.SORT, "#space", SPACE, "#count", COUNT);

  private LogItems() {}

  static String spaceFrom(Item head) {
    return head.text(SPACE);
  }

  static long countFrom(Item head) {
    return head.number(COUNT);
  }

  static Map<String, AttributeValue> headKey(GalleryId gallery) {
    return Item.key(StoreKeys.gallery(gallery), StoreKeys.HEAD);
  }

  static Map<String, AttributeValue> entryKey(GalleryId gallery, long seq) {
    return Item.key(StoreKeys.gallery(gallery), StoreKeys.logEntry(seq));
  }

  /** Completes the update of a head that subtracts erased bytes from the size of the log. */
  static UpdateItemRequest.Builder shorten(UpdateItemRequest.Builder update, long bytes) {
    return update
        .updateExpression("SET #bytes = if_not_exists(#bytes, :bytes) - :bytes")
        .conditionExpression("attribute_exists(pk)")
        .expressionAttributeNames(Map.of("#bytes", BYTES))
        .expressionAttributeValues(Item.part().number(":bytes", bytes).attributes());
  }

  static boolean isHead(Map<String, AttributeValue> row) {
    return AttributeValue.fromS(StoreKeys.HEAD).equals(row.get(Tables.SORT));
  }

  static Put entry(String table, GalleryId gallery, LogEntry entry) {
    return Put.builder()
        .tableName(table)
        .item(write(gallery, entry).attributes())
        .conditionExpression("attribute_not_exists(pk)")
        .build();
  }

  /** Returns the write of an entry of a rebuilt log, over one of the old log. */
  static Put rebuiltEntry(String table, GalleryId gallery, LogEntry entry) {
    return Put.builder().tableName(table).item(write(gallery, entry).attributes()).build();
  }

  private static Item write(GalleryId gallery, LogEntry entry) {
    Item item =
        Item.under(entryKey(gallery, entry.seq()))
            .number(SEQ, entry.seq())
            .set(
                WRITES,
                AttributeValue.fromL(entry.changes().stream().map(LogItems::change).toList()));
    if (entry.changes().stream().anyMatch(LogChange::excluded)) {
      item.markedAs(EXCLUDING);
    }
    LogEntry.Stamp stamp = entry.stamp();
    if (stamp != null) {
      item.time(AT, stamp.at()).text(TOKEN, stamp.token()).text(PREV, stamp.prev());
    }
    return item;
  }

  /** Returns the size that changes add to an entry. */
  static long size(List<LogChange> changes) {
    return ItemSize.ofElements(changes.stream().map(LogItems::change).toList());
  }

  private static AttributeValue change(LogChange change) {
    Item part = Item.part().text(SUBJECT, change.subject().value());
    return switch (change) {
      case LogChange.Put put -> {
        part.text(KIND, PUT).set(TEMPLATES, TemplateItems.write(put.templates()));
        yield put.excluded() ? part.flag(EXCLUDED, true).asValue() : part.asValue();
      }
      case LogChange.Remove _ -> part.text(KIND, REMOVE).asValue();
    };
  }

  static LogEntry entryFrom(Map<String, AttributeValue> row) {
    Item item = Item.from(row, EXCLUDING);
    return new LogEntry(
        item.number(SEQ),
        item.list(WRITES).stream().map(LogItems::changeFrom).toList(),
        stampFrom(item));
  }

  private static LogEntry.@Nullable Stamp stampFrom(Item item) {
    String token = item.textOrNull(TOKEN);
    return token == null ? null : new LogEntry.Stamp(item.time(AT), token, item.textOrNull(PREV));
  }

  private static LogChange changeFrom(AttributeValue value) {
    Item item = Item.fromPart(value);
    SubjectId subject = new SubjectId(item.text(SUBJECT));
    return switch (item.text(KIND)) {
      case PUT ->
          new LogChange.Put(
              subject, TemplateItems.from(item.list(TEMPLATES)), item.flagOr(EXCLUDED, false));
      case REMOVE -> new LogChange.Remove(subject);
      default -> throw new InternalFault(NewerFormat.unknown("A log entry", KIND, item.text(KIND)));
    };
  }

  /**
   * Returns the update that advances the head from its expected position; floor and snapshot are
   * unchanged.
   */
  static Update moveHead(String table, Commit commit) {
    boolean first = commit.expected().equals(LogPosition.START);
    Item values =
        Item.part()
            .number(":schema", 1)
            .text(":space", commit.gallery().space())
            .text(":epoch", commit.epoch())
            .number(":seq", commit.reached().seq())
            .number(":count", commit.count())
            .number(":one", 1)
            .number(":none", 0)
            .number(":bytes", commit.entry().bytes())
            .text(":token", commit.token())
            .set(":dimensions", dimensions(commit.dimensions()));
    if (!first) {
      values.text(":old", commit.expected().epoch()).number(":at", commit.expected().seq());
    }
    return Update.builder()
        .tableName(table)
        .key(headKey(commit.gallery()))
        .updateExpression(
            "SET #schema = :schema, #space = :space, #epoch = :epoch, #seq = :seq, #count = :count,"
                + " #dimensions = :dimensions, #floor = if_not_exists(#floor, :one),"
                + " #token = :token, #tokenSeq = :seq,"
                + " #bytes = if_not_exists(#bytes, :none) + :bytes")
        .conditionExpression(first ? "attribute_not_exists(pk)" : "#epoch = :old AND #seq = :at")
        .expressionAttributeNames(
            Map.of(
                "#schema", "schema",
                "#space", SPACE,
                "#epoch", EPOCH,
                "#seq", SEQ,
                "#count", COUNT,
                "#dimensions", DIMENSIONS,
                "#floor", FLOOR,
                "#token", TOKEN,
                "#tokenSeq", TOKEN_SEQ,
                "#bytes", BYTES))
        .expressionAttributeValues(values.attributes())
        .build();
  }

  /** Returns the head of a rebuilt log. */
  static Map<String, AttributeValue> rebuiltHead(GalleryId gallery, GalleryHead head) {
    return Item.under(headKey(gallery))
        .text(SPACE, gallery.space())
        .text(EPOCH, head.position().epoch())
        .number(SEQ, head.position().seq())
        .number(COUNT, head.count())
        .number(FLOOR, head.floor())
        .text(TOKEN, head.token())
        .number(TOKEN_SEQ, head.position().seq())
        .number(BYTES, head.bytes())
        .set(DIMENSIONS, dimensions(head.dimensions()))
        .attributes();
  }

  /** Returns the gallery of a head. */
  static GalleryId galleryFrom(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new GalleryId(
        StoreKeys.applicationOf(StoreKeys.GALLERY_PREFIX, item.text(Tables.PARTITION)),
        item.text(SPACE));
  }

  private static AttributeValue dimensions(Map<String, Integer> dimensions) {
    Item part = Item.part();
    dimensions.forEach(part::number);
    return part.asValue();
  }

  static GalleryHead headFrom(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new GalleryHead(
        new LogPosition(item.text(EPOCH), item.number(SEQ)),
        item.number(FLOOR),
        item.number(COUNT),
        item.map(DIMENSIONS).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Integer.parseInt(e.getValue().n()))),
        snapshotFrom(item),
        tokenFrom(item),
        item.numberOr(BYTES, 0));
  }

  /** Returns the token, unless an older version, which leaves it alone, moved the head since. */
  private static @Nullable String tokenFrom(Item item) {
    return item.numberOr(TOKEN_SEQ, 0) == item.number(SEQ) ? item.text(TOKEN) : null;
  }

  private static GalleryHead.@Nullable Snapshot snapshotFrom(Item item) {
    String object = item.textOrNull(SNAPSHOT);
    return object == null ? null : new GalleryHead.Snapshot(object, item.number(SNAPSHOT_SEQ));
  }
}
