package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.gallery.GalleryHead;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.Identifier;
import dev.facet.core.gallery.LogEntry;
import dev.facet.core.images.ImageKey;
import dev.facet.core.restore.RestoredStore;
import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.s3.S3Client;

/** {@link RestoredStore} on the data table and the bucket of photos. */
public final class DynamoRestoredStore implements RestoredStore {

  private final DynamoDbClient client;
  private final String table;
  private final S3Client s3;
  private final String bucket;
  private final Retries retries;

  /** Creates access to a data table and a bucket. */
  public DynamoRestoredStore(
      DynamoDbClient client, Tables tables, S3Client s3, String bucket, InstantSource clock) {
    this.client = client;
    this.table = tables.data();
    this.s3 = s3;
    this.bucket = bucket;
    this.retries = Retries.of(clock);
  }

  @Override
  public Set<GalleryId> galleries() {
    try (Stream<Map<String, AttributeValue>> heads =
        scan(StoreKeys.GALLERY_PREFIX, " AND sk = :head", Map.of(":head", StoreKeys.HEAD))) {
      return heads.map(LogItems::galleryFrom).collect(Collectors.toUnmodifiableSet());
    }
  }

  @Override
  public Stream<Enrolled> subjects() {
    Map<String, GalleryId> galleries = new HashMap<>();
    galleries().forEach(gallery -> galleries.put(StoreKeys.subjects(gallery), gallery));
    return scan(StoreKeys.SUBJECT_PREFIX).map(row -> enrolled(row, galleries));
  }

  private static Enrolled enrolled(
      Map<String, AttributeValue> row, Map<String, GalleryId> galleries) {
    GalleryId gallery =
        SubjectItems.galleryFrom(row)
            .or(() -> Optional.ofNullable(galleries.get(beginning(row))))
            .orElseThrow(
                () ->
                    new InternalFault(
                        "A subject of an older version belongs to a gallery whose head is missing:"
                            + " restore the table to another time."));
    return new Enrolled(gallery, SubjectItems.from(gallery.application(), row));
  }

  private static String beginning(Map<String, AttributeValue> row) {
    String partition = Item.from(row).text(Tables.PARTITION);
    return partition.substring(0, partition.lastIndexOf('#') + 1);
  }

  @Override
  public boolean isEnrolled(GalleryId gallery, SubjectId subject) {
    return repeating(
            () ->
                client.getItem(
                    get ->
                        get.tableName(table)
                            .key(SubjectItems.key(gallery, subject))
                            .projectionExpression(Tables.PARTITION)
                            .consistentRead(true)))
        .hasItem();
  }

  @Override
  public void remove(GalleryId gallery, SubjectId subject) {
    delete(SubjectItems.key(gallery, subject));
  }

  @Override
  public void removeLogErasures() {
    try (Stream<Map<String, AttributeValue>> notes = scan(StoreKeys.LOG_ERASURE_PREFIX)) {
      notes.forEach(this::deleteRow);
    }
  }

  @Override
  public void append(GalleryId gallery, LogEntry entry) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(
        TransactWriteItem.builder().put(LogItems.rebuiltEntry(table, gallery, entry)).build());
    entry
        .changes()
        .forEach(
            change -> items.add(SubjectItems.moved(table, gallery, change.subject(), entry.seq())));
    repeating(() -> client.transactWriteItems(request -> request.transactItems(items)));
  }

  @Override
  public void complete(GalleryId gallery, GalleryHead head) {
    Map<String, AttributeValue> values =
        Item.part()
            .text(":gallery", StoreKeys.gallery(gallery))
            .text(":from", StoreKeys.logEntry(head.position().seq() + 1))
            .text(":head", StoreKeys.HEAD)
            .attributes();
    Scans.lazily(
            client
                .queryPaginator(
                    query ->
                        query
                            .tableName(table)
                            .consistentRead(true)
                            .keyConditionExpression("pk = :gallery AND sk BETWEEN :from AND :head")
                            .projectionExpression("pk, sk")
                            .expressionAttributeValues(values))
                .items()
                .iterator())
        .filter(row -> !LogItems.isHead(row))
        .forEach(this::deleteRow);
    repeating(
        () ->
            client.putItem(put -> put.tableName(table).item(LogItems.rebuiltHead(gallery, head))));
  }

  @Override
  public Stream<Identifier> identifiers() {
    return scan(StoreKeys.IDENTIFIER_PREFIX).map(IdentifierItems::from);
  }

  @Override
  public void bind(Identifier identifier) {
    TransactWriteItem bind = IdentifierItems.bind(table, identifier);
    repeating(() -> client.transactWriteItems(request -> request.transactItems(bind)));
  }

  @Override
  public Stream<ImageKey> images() {
    return Scans.lazily(
            s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().iterator())
        .flatMap(object -> StoreKeys.image(object.key()).stream());
  }

  private Stream<Map<String, AttributeValue>> scan(String prefix) {
    return scan(prefix, "", Map.of());
  }

  private Stream<Map<String, AttributeValue>> scan(
      String prefix, String condition, Map<String, String> others) {
    Item values = Item.part().text(":prefix", prefix);
    others.forEach(values::text);
    return Scans.items(
        client,
        scan ->
            scan.tableName(table)
                .consistentRead(true)
                .filterExpression("begins_with(pk, :prefix)" + condition)
                .expressionAttributeValues(values.attributes()));
  }

  private void deleteRow(Map<String, AttributeValue> row) {
    Item item = Item.fromPart(AttributeValue.fromM(row));
    delete(Item.key(item.text(Tables.PARTITION), item.text(Tables.SORT)));
  }

  private void delete(Map<String, AttributeValue> key) {
    repeating(() -> client.deleteItem(delete -> delete.tableName(table).key(key)));
  }

  /** Repeats a call after transient faults: a restore has no deadline. */
  private <T> T repeating(Supplier<T> call) {
    return retries.shortly(() -> calling(call));
  }
}
