package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link ApplicationStore} on the data table; reads are strongly consistent. */
public final class DynamoApplicationStore implements ApplicationStore {

  private static final String ID = "id";
  private static final String QUALITY_FLOOR = "qualityFloor";
  private static final String VERIFY_THRESHOLD = "verifyThreshold";
  private static final String KEEP_IMAGES = "keepImages";
  private static final String ENROL_ANSWER = "enrolAnswer";

  private final DynamoDbClient client;
  private final String table;

  /** Creates a store on the data table. */
  public DynamoApplicationStore(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.data();
  }

  @Override
  public Optional<Application> find(ApplicationId id) {
    var response =
        calling(
            () -> client.getItem(get -> get.tableName(table).key(key(id)).consistentRead(true)));
    return response.hasItem() ? Optional.of(from(response.item())) : Optional.empty();
  }

  @Override
  public void put(Application application) {
    calling(() -> client.putItem(put -> put.tableName(table).item(write(application))));
  }

  private static Map<String, AttributeValue> key(ApplicationId id) {
    return Item.key(StoreKeys.application(id), StoreKeys.SINGLE);
  }

  private static Map<String, AttributeValue> write(Application application) {
    return Item.under(key(application.id()))
        .text(ID, application.id().toString())
        .fraction(QUALITY_FLOOR, application.qualityFloor())
        .number(VERIFY_THRESHOLD, application.verifyThreshold())
        .flag(KEEP_IMAGES, application.keepImages())
        .text(ENROL_ANSWER, application.enrolAnswer().name().toLowerCase(Locale.ROOT))
        .attributes();
  }

  private static Application from(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new Application(
        ApplicationId.parse(item.text(ID)),
        item.fraction(QUALITY_FLOOR),
        Math.toIntExact(item.number(VERIFY_THRESHOLD)),
        item.flag(KEEP_IMAGES),
        item.constant(ENROL_ANSWER, EnrolAnswer.class));
  }
}
