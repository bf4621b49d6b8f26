package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.plans.PlanStore;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link PlanStore} on the data table. */
public final class DynamoPlanStore implements PlanStore {

  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String RATE = "rate";
  private static final String BURST = "burst";
  private static final String QUOTA = "quota";
  private static final String PERIOD = "period";
  private static final String PRODUCT_CODE = "productCode";

  private final DynamoDbClient client;
  private final String table;

  /** Creates a store on the data table. */
  public DynamoPlanStore(DynamoDbClient client, Tables tables) {
    this.client = client;
    this.table = tables.data();
  }

  @Override
  public Optional<UsagePlan> find(String id) {
    var response = calling(() -> client.getItem(get -> get.tableName(table).key(key(id))));
    return response.hasItem() ? Optional.of(from(response.item())) : Optional.empty();
  }

  @Override
  public void put(UsagePlan plan) {
    calling(() -> client.putItem(put -> put.tableName(table).item(write(plan))));
  }

  @Override
  public void delete(String id) {
    calling(() -> client.deleteItem(delete -> delete.tableName(table).key(key(id))));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Item.key(StoreKeys.plan(id), StoreKeys.SINGLE);
  }

  /** Leaves out an unlimited rate: DynamoDB has no infinite number. */
  private static Map<String, AttributeValue> write(UsagePlan plan) {
    Item item =
        Item.under(key(plan.id()))
            .text(ID, plan.id())
            .text(NAME, plan.name())
            .fraction(RATE, Double.isInfinite(plan.rate()) ? null : plan.rate())
            .number(BURST, plan.burst())
            .text(PRODUCT_CODE, plan.productCode());
    Quota quota = plan.quota();
    return quota == null
        ? item.attributes()
        : item.number(QUOTA, quota.limit()).text(PERIOD, quota.period().name()).attributes();
  }

  private static UsagePlan from(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new UsagePlan(
        item.text(ID),
        item.text(NAME),
        row.containsKey(RATE) ? item.fraction(RATE) : Double.POSITIVE_INFINITY,
        Math.toIntExact(item.number(BURST)),
        quota(item),
        item.textOrNull(PRODUCT_CODE));
  }

  private static @Nullable Quota quota(Item item) {
    return item.textOrNull(PERIOD) == null
        ? null
        : new Quota(item.number(QUOTA), item.constant(PERIOD, Period.class));
  }
}
