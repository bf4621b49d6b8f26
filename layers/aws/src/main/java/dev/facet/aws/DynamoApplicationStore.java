package dev.facet.aws;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationRegistry;
import dev.facet.core.revision.Revisioned;
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

  private final RevisionedItems<ApplicationId, Application> items;

  /** Creates a store on the data table. */
  public DynamoApplicationStore(DynamoDbClient client, Tables tables) {
    this.items = new RevisionedItems<>(client, tables.data(), new Format());
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
          .text(ENROL_ANSWER, application.enrolAnswer().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Application read(Item item) {
      return new Application(
          ApplicationId.parse(item.text(ID)),
          item.fraction(QUALITY_FLOOR),
          Math.toIntExact(item.number(VERIFY_THRESHOLD)),
          item.flag(KEEP_IMAGES),
          item.constant(ENROL_ANSWER, EnrolAnswer.class));
    }
  }
}
