package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.GalleryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The galleries in a data table. The listing reads the whole table, because every gallery has a
 * partition of its own: for commands and starts, not for requests.
 */
public final class StoredGalleries {

  private final DynamoDbClient dynamo;
  private final String table;

  /**
   * A gallery that was written at least once.
   *
   * @param templates the number of templates of enrolled subjects
   */
  public record StoredGallery(GalleryId id, long templates) {}

  /** Creates access to the galleries of the data table. */
  public StoredGalleries(DynamoDbClient dynamo, Tables tables) {
    this(dynamo, tables.data());
  }

  /** Creates access to the galleries of the data table of this name. */
  public StoredGalleries(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** Returns all galleries, in no particular order. */
  public List<StoredGallery> list() {
    Map<String, AttributeValue> head = Item.part().text(":head", StoreKeys.HEAD).attributes();
    return calling(
        () ->
            dynamo
                .scanPaginator(
                    scan ->
                        scan.tableName(table)
                            .filterExpression("#sk = :head")
                            .projectionExpression(LogItems.LISTED)
                            .expressionAttributeNames(LogItems.LISTED_NAMES)
                            .expressionAttributeValues(head))
                .items()
                .stream()
                .map(StoredGalleries::galleryFrom)
                .toList());
  }

  /**
   * Returns the galleries with enrolled photos that a service cannot search, by the bundle that
   * they need.
   *
   * @param onBoard the ids of the bundles that the service has
   */
  public SortedMap<String, List<StoredGallery>> withoutBundle(Set<String> onBoard) {
    SortedMap<String, List<StoredGallery>> missing = new TreeMap<>();
    for (StoredGallery gallery : list()) {
      gallery
          .id()
          .bundleId()
          .filter(bundle -> gallery.templates() > 0 && !onBoard.contains(bundle))
          .ifPresent(
              bundle -> missing.computeIfAbsent(bundle, _ -> new ArrayList<>()).add(gallery));
    }
    return missing;
  }

  private static StoredGallery galleryFrom(Map<String, AttributeValue> row) {
    Item item = Item.fromPart(AttributeValue.fromM(row));
    String partition = item.text(Tables.PARTITION);
    String application = partition.substring(StoreKeys.GALLERY_PREFIX.length()).split("#", 2)[0];
    return new StoredGallery(
        new GalleryId(ApplicationId.parse(application), LogItems.spaceFrom(item)),
        LogItems.countFrom(item));
  }
}
