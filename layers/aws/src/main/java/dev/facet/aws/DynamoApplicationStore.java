package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationRegistry;
import dev.facet.core.revision.Revisioned;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link ApplicationRegistry} on the data table; reads are strongly consistent. */
public final class DynamoApplicationStore implements ApplicationRegistry {

  private static final String ID = "id";
  private static final String QUALITY_FLOOR = "qualityFloor";
  private static final String VERIFY_THRESHOLD = "verifyThreshold";
  private static final String KEEP_IMAGES = "keepImages";
  private static final String ENROL_ANSWER = "enrolAnswer";
  private static final String ERASING_SINCE = "erasingSince";

  private final DynamoDbClient client;
  private final String table;
  private final RevisionedItems<ApplicationId, Application> items;

  /** Creates a store on the data table. */
  public DynamoApplicationStore(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.data();
    this.items = new RevisionedItems<>(client, table, new Format());
  }

  @Override
  public Optional<Revisioned<Application>> read(ApplicationId id) {
    return items.read(id);
  }

  @Override
  public Revisioned<Application> put(@Nullable Revisioned<Application> expected, Application next) {
    return items.put(expected, next);
  }

  @Override
  public void delete(Revisioned<Application> expected) {
    items.delete(expected);
  }

  /** Scans the data table, since nothing else enumerates applications whose keys are gone. */
  @Override
  public List<Revisioned<Application>> list() {
    return calling(
        () ->
            client
                .scanPaginator(
                    scan ->
                        scan.tableName(table)
                            .consistentRead(true)
                            .filterExpression("begins_with(#partition, :prefix)")
                            .expressionAttributeNames(Map.of("#partition", Tables.PARTITION))
                            .expressionAttributeValues(
                                Map.of(
                                    ":prefix", AttributeValue.fromS(StoreKeys.APPLICATION_PREFIX))))
                .items()
                .stream()
                .map(items::from)
                .toList());
  }

  private static final class Format implements RevisionedItems.Format<ApplicationId, Application> {

    @Override
    public ApplicationId key(Application application) {
      return application.id();
    }

    @Override
    public Map<String, AttributeValue> attributes(ApplicationId id) {
      return Item.key(StoreKeys.application(id), StoreKeys.SINGLE);
    }

    @Override
    public Item write(Application application) {
      return Item.under(attributes(application.id()))
          .text(ID, application.id().toString())
          .fraction(QUALITY_FLOOR, application.qualityFloor())
          .number(VERIFY_THRESHOLD, application.verifyThreshold())
          .flag(KEEP_IMAGES, application.keepImages())
          .text(ENROL_ANSWER, application.enrolAnswer().name().toLowerCase(Locale.ROOT))
          .time(ERASING_SINCE, application.erasingSince());
    }

    @Override
    public Application read(Item item) {
      return new Application(
          ApplicationId.parse(item.text(ID)),
          item.fraction(QUALITY_FLOOR),
          Math.toIntExact(item.number(VERIFY_THRESHOLD)),
          item.flag(KEEP_IMAGES),
          item.constant(ENROL_ANSWER, EnrolAnswer.class),
          item.timeOrNull(ERASING_SINCE));
    }
  }
}
