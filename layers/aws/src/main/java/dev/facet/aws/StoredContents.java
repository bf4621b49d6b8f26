package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.ApplicationContents;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.retry.Retries;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * {@link ApplicationContents} in the data table and the bucket of photos. An enumeration scans the
 * table, because items of one application lie in many partitions.
 */
public final class StoredContents implements ApplicationContents {

  /** Attribute of the notes of both sweeps that names their application. */
  private static final String APPLICATION = "application";

  /** DynamoDB's period where none is set. */
  private static final int MAX_RECOVERY_DAYS = 35;

  private static final Map<String, Kind> KINDS = kinds();

  private final DynamoDbClient dynamo;
  private final String table;
  private final S3Client s3;
  private final String bucket;
  private final Retries retries;

  /** Creates access to the contents of the data table and a bucket. */
  public StoredContents(
      DynamoDbClient dynamo, Tables tables, S3Client s3, String bucket, InstantSource clock) {
    this.dynamo = dynamo;
    this.table = tables.data();
    this.s3 = s3;
    this.bucket = bucket;
    this.retries = Retries.of(clock);
  }

  /** The prefixes of the partitions that go on with the application's id. */
  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put(StoreKeys.SUBJECT_PREFIX, Kind.SUBJECTS);
    kinds.put(StoreKeys.GALLERY_PREFIX, Kind.LOGS);
    kinds.put(StoreKeys.IDENTIFIER_PREFIX, Kind.IDENTIFIERS);
    kinds.put(StoreKeys.OPERATION_PREFIX, Kind.OPERATIONS);
    kinds.put(StoreKeys.JOB_PREFIX, Kind.JOBS);
    return kinds;
  }

  @Override
  public Stream<Content> list(ApplicationId application, Set<UUID> keys) {
    return Stream.of(items(application), keys.stream().flatMap(this::usage), images(application))
        .flatMap(contents -> contents);
  }

  private Stream<Content> items(ApplicationId application) {
    Item values =
        Item.part()
            .text(":application", application.toString())
            .text(":images", StoreKeys.ERASURE_PREFIX)
            .text(":logs", StoreKeys.LOG_ERASURE_PREFIX);
    StringBuilder filter =
        new StringBuilder(
            "((begins_with(#pk, :images) OR begins_with(#pk, :logs)) AND"
                + " #application = :application)");
    int number = 0;
    for (String prefix : KINDS.keySet()) {
      filter.append(" OR begins_with(#pk, :p%d)".formatted(number));
      values.text(":p" + number, prefix + application + "#");
      number++;
    }
    return Scans.lazily(
            dynamo
                .scanPaginator(
                    scan ->
                        scan.tableName(table)
                            .consistentRead(true)
                            .filterExpression(filter.toString())
                            .projectionExpression("#pk, #sk")
                            .expressionAttributeNames(
                                Map.of(
                                    "#pk", Tables.PARTITION,
                                    "#sk", Tables.SORT,
                                    "#application", APPLICATION))
                            .expressionAttributeValues(values.attributes()))
                .items()
                .iterator())
        .map(row -> content(kind(row), row));
  }

  private Stream<Content> usage(UUID key) {
    Map<String, AttributeValue> values =
        Item.part().text(":usage", StoreKeys.usage(key)).attributes();
    return Scans.lazily(
            dynamo
                .queryPaginator(
                    query ->
                        query
                            .tableName(table)
                            .consistentRead(true)
                            .keyConditionExpression("#pk = :usage")
                            .projectionExpression("#pk, #sk")
                            .expressionAttributeNames(
                                Map.of("#pk", Tables.PARTITION, "#sk", Tables.SORT))
                            .expressionAttributeValues(values))
                .items()
                .iterator())
        .map(row -> content(Kind.USAGE, row));
  }

  private Stream<Content> images(ApplicationId application) {
    return Scans.lazily(
            s3.listObjectsV2Paginator(
                    list -> list.bucket(bucket).prefix(StoreKeys.images(application)))
                .contents()
                .iterator())
        .map(object -> new Content(Kind.IMAGES, List.of(object.key())));
  }

  private static Kind kind(Map<String, AttributeValue> row) {
    String partition = Item.fromPart(AttributeValue.fromM(row)).text(Tables.PARTITION);
    return KINDS.entrySet().stream()
        .filter(kind -> partition.startsWith(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Kind.NOTES);
  }

  private static Content content(Kind kind, Map<String, AttributeValue> row) {
    Item key = Item.fromPart(AttributeValue.fromM(row));
    return new Content(kind, List.of(key.text(Tables.PARTITION), key.text(Tables.SORT)));
  }

  @Override
  public void erase(List<Content> contents) {
    List<WriteRequest> items =
        contents.stream()
            .filter(content -> content.kind() != Kind.IMAGES)
            .map(StoredContents::deletion)
            .toList();
    for (Content content : contents) {
      if (content.kind() == Kind.IMAGES) {
        var _ =
            calling(
                () ->
                    s3.deleteObject(
                        delete -> delete.bucket(bucket).key(content.place().getFirst())));
      }
    }
    Map<String, List<WriteRequest>> left = items.isEmpty() ? Map.of() : Map.of(table, items);
    while (!left.isEmpty()) {
      Map<String, List<WriteRequest>> requests = left;
      left = retries.shortly(() -> unprocessed(requests));
    }
  }

  /** Reads the table's point-in-time recovery; photos are in no backup. */
  @Override
  public OptionalInt recoveryDays() {
    PointInTimeRecoveryDescription recovery =
        calling(() -> dynamo.describeContinuousBackups(describe -> describe.tableName(table)))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    if (recovery == null
        || recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED) {
      return OptionalInt.empty();
    }
    Integer days = recovery.recoveryPeriodInDays();
    return OptionalInt.of(days == null ? MAX_RECOVERY_DAYS : days);
  }

  /** Deletes items, and returns those that DynamoDB left; all of them count as throttled. */
  private Map<String, List<WriteRequest>> unprocessed(Map<String, List<WriteRequest>> requests) {
    Map<String, List<WriteRequest>> left =
        calling(() -> dynamo.batchWriteItem(write -> write.requestItems(requests)))
            .unprocessedItems();
    if (left.equals(requests)) {
      throw new TransientFault(TransientFault.Kind.THROTTLED, "A store is throttling requests.");
    }
    return left;
  }

  private static WriteRequest deletion(Content content) {
    Map<String, AttributeValue> key =
        Item.key(content.place().getFirst(), content.place().getLast());
    return WriteRequest.builder().deleteRequest(DeleteRequest.builder().key(key).build()).build();
  }
}
