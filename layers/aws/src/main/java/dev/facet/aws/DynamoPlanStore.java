package dev.facet.aws;

import dev.facet.core.plans.PlanRecord;
import dev.facet.core.plans.PlanRecord.State;
import dev.facet.core.plans.PlanRegistry;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.core.revision.Revisioned;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link PlanRegistry} on the data table; reads are strongly consistent. */
public final class DynamoPlanStore implements PlanRegistry {

  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String RATE = "rate";
  private static final String BURST = "burst";
  private static final String QUOTA = "quota";
  private static final String PERIOD = "period";
  private static final String PRODUCT_CODE = "productCode";

  /** Absent from the item of a plan that keys may join. */
  private static final String STATE = "state";

  private final RevisionedItems<String, PlanRecord> items;

  /** Creates a store on the data table. */
  public DynamoPlanStore(DynamoDbClient client, Tables tables) {
    this.items = new RevisionedItems<>(client, tables.data(), new Format());
  }

  @Override
  public Optional<Revisioned<PlanRecord>> read(String id) {
    return items.read(id);
  }

  @Override
  public Revisioned<PlanRecord> put(@Nullable Revisioned<PlanRecord> expected, PlanRecord next) {
    return items.put(expected, next);
  }

  @Override
  public void delete(Revisioned<PlanRecord> expected) {
    items.delete(expected);
  }

  private static final class Format implements RevisionedItems.Format<String, PlanRecord> {

    @Override
    public String key(PlanRecord record) {
      return record.plan().id();
    }

    @Override
    public Map<String, AttributeValue> attributes(String id) {
      return Item.key(StoreKeys.plan(id), StoreKeys.SINGLE);
    }

    /** Leaves out an unlimited rate: DynamoDB has no infinite number. */
    @Override
    public Item write(PlanRecord record) {
      UsagePlan plan = record.plan();
      Item item =
          Item.under(attributes(plan.id()))
              .text(ID, plan.id())
              .text(NAME, plan.name())
              .fraction(RATE, Double.isInfinite(plan.rate()) ? null : plan.rate())
              .number(BURST, plan.burst())
              .text(PRODUCT_CODE, plan.productCode())
              .text(STATE, state(record.state()));
      Quota quota = plan.quota();
      return quota == null
          ? item
          : item.number(QUOTA, quota.limit()).text(PERIOD, quota.period().name());
    }

    private static @Nullable String state(State state) {
      return state == State.OPEN ? null : state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public PlanRecord read(Item item) {
      Double rate = item.fractionOrNull(RATE);
      String state = item.textOrNull(STATE);
      return new PlanRecord(
          new UsagePlan(
              item.text(ID),
              item.text(NAME),
              rate == null ? Double.POSITIVE_INFINITY : rate,
              Math.toIntExact(item.number(BURST)),
              quota(item),
              item.textOrNull(PRODUCT_CODE)),
          state == null ? State.OPEN : item.constant(STATE, State.class));
    }

    private static @Nullable Quota quota(Item item) {
      String period = item.textOrNull(PERIOD);
      return period == null
          ? null
          : new Quota(item.number(QUOTA), item.constant(PERIOD, Period.class));
    }
  }
}
