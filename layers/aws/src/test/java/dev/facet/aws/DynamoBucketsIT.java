package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.plans.SharedBuckets;
import dev.facet.core.plans.SharedRateContract;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.plans.UsagePlan.Period;
import dev.facet.core.plans.UsagePlan.Quota;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Buckets on DynamoDB Local. */
class DynamoBucketsIT extends SharedRateContract {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();
  private static final Instant NOW = Instant.parse("2100-01-02T03:04:05.678Z");
  private static final UsagePlan PLAN = new UsagePlan("p", 4, 8, null);

  private final UUID key = UUID.randomUUID();

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  @Override
  protected SharedBuckets buckets() {
    return new DynamoBuckets(DYNAMO.client(), Tables.DEFAULT);
  }

  @Test
  void the_item_has_the_time_at_which_the_bucket_is_full() {
    buckets().take(key, PLAN, 2, NOW, null);

    assertThat(item("bucket"))
        .isEqualTo(
            Map.of(
                "pk", AttributeValue.fromS("usage#" + key),
                "sk", AttributeValue.fromS("bucket"),
                "schema", AttributeValue.fromN("1"),
                "fullAt", AttributeValue.fromN("4102542246178000"),
                "expires", AttributeValue.fromN("4102628645")));
  }

  @Test
  void a_wrong_guess_of_the_state_is_corrected() {
    SharedBuckets.Grant first = buckets().take(key, PLAN, 2, NOW, null);
    SharedBuckets.Grant second = buckets().take(key, PLAN, 6, NOW, null);
    assertThat(second.tokens()).isEqualTo(6);
    assertThat(buckets().take(key, PLAN, 1, NOW, first))
        .isEqualTo(new SharedBuckets.Grant(0, NOW.plusSeconds(2)));
    assertThat(buckets().take(key, PLAN, 8, NOW.plusSeconds(60), second).tokens()).isEqualTo(8);
    assertThat(buckets().take(UUID.randomUUID(), PLAN, 8, NOW, second).tokens()).isEqualTo(8);
  }

  @Test
  void items_of_a_newer_format_are_refused_and_left_alone() {
    DynamoUsage usage = new DynamoUsage(DYNAMO.client(), Tables.DEFAULT, () -> NOW);
    Quota quota = new Quota(10, Period.DAY);
    LocalDate today = LocalDate.parse("2100-01-02");
    buckets().take(key, PLAN, 1, NOW, null);
    usage.spend(key, quota, today);
    Map<String, AttributeValue> bucket = newer("bucket");
    Map<String, AttributeValue> count = newer("DAY#2100-01-02");

    assertThatThrownBy(() -> buckets().take(key, PLAN, 1, NOW, null))
        .isInstanceOf(InternalFault.class)
        .hasMessageContaining("replace this version");
    assertThatThrownBy(
            () ->
                new DynamoUsage(DYNAMO.client(), Tables.DEFAULT, () -> NOW)
                    .spend(key, quota, today))
        .isInstanceOf(InternalFault.class)
        .hasMessageContaining("replace this version");

    assertThat(item("bucket")).isEqualTo(bucket);
    assertThat(item("DAY#2100-01-02")).isEqualTo(count);
  }

  private Map<String, AttributeValue> newer(String sort) {
    Map<String, AttributeValue> item = new HashMap<>(item(sort));
    item.put("schema", AttributeValue.fromN("2"));
    DYNAMO.client().putItem(put -> put.tableName(Tables.DEFAULT.data()).item(item));
    return item;
  }

  private Map<String, AttributeValue> item(String sort) {
    return DYNAMO
        .client()
        .getItem(
            get -> get.tableName(Tables.DEFAULT.data()).key(Item.key(StoreKeys.usage(key), sort)))
        .item();
  }
}
