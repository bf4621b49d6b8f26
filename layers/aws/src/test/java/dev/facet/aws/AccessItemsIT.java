package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import dev.facet.core.keys.NewKey;
import dev.facet.core.plans.PlanRecord;
import dev.facet.core.plans.UsagePlan;
import dev.facet.core.revision.Revisioned;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The optional attributes of items that decide on access, and items without them, which earlier
 * versions wrote. {@link StoredItemsIT} has the other attributes.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccessItemsIT {

  private static final Instant NOW = Instant.parse("2100-01-02T03:04:05.678Z");
  private static final AttributeValue TERM = AttributeValue.fromN("4102545845678");
  private static final ApplicationId APPLICATION = new ApplicationId(new UUID(1, 2));

  private final EmbeddedDynamo dynamo = new EmbeddedDynamo();
  private final DynamoDbClient client = dynamo.client();
  private final Tables tables = Tables.DEFAULT;
  private final DynamoKeyStore keys = new DynamoKeyStore(client, tables);

  @AfterEach
  void stop() {
    dynamo.close();
  }

  private static KeyRecord key() {
    return KeyRecord.of(
        new UUID(3, 4),
        new ApiKey("keykeykeykeykeykeykey"),
        APPLICATION,
        new NewKey("customer", null, null, null, null, NOW.plusSeconds(3600)),
        KeyStatus.ACTIVE,
        NOW);
  }

  @Test
  void every_item_has_its_revision() {
    Revisioned<KeyRecord> first = keys.put(null, key());
    keys.put(first, key().with(KeyStatus.DISABLED, NOW));
    new DynamoApplicationStore(client, tables).put(null, Application.withDefaults(APPLICATION));
    new DynamoPlanStore(client, tables).put(null, plan(PlanRecord.State.OPEN));

    assertThat(only(tables.keys())).containsEntry("revision", AttributeValue.fromN("2"));
    assertThat(client.scan(scan -> scan.tableName(tables.data())).items())
        .hasSize(2)
        .allSatisfy(item -> assertThat(item).containsEntry("revision", AttributeValue.fromN("1")));
  }

  @Test
  void a_key_with_a_term_has_it_beside_its_expiry() {
    keys.put(null, key());
    assertThat(only(tables.keys())).containsEntry("term", TERM).containsEntry("expires_at", TERM);
    assertThat(keys.find(key().keyId())).contains(key());
  }

  @Test
  void only_a_plan_that_is_being_deleted_has_a_state() {
    DynamoPlanStore plans = new DynamoPlanStore(client, tables);
    Revisioned<PlanRecord> open = plans.put(null, plan(PlanRecord.State.OPEN));
    assertThat(only(tables.data())).doesNotContainKey("state");

    Revisioned<PlanRecord> closing = plans.put(open, plan(PlanRecord.State.CLOSING));
    assertThat(only(tables.data())).containsEntry("state", AttributeValue.fromS("closing"));
    assertThat(plans.read("plan-1")).contains(closing);

    plans.put(closing, plan(PlanRecord.State.DELETING));
    assertThat(only(tables.data())).containsEntry("state", AttributeValue.fromS("deleting"));
  }

  @Test
  void an_item_without_a_revision_is_replaced_as_it_was_read() {
    Revisioned<KeyRecord> older = asAnEarlierVersionWrote(key());
    assertThat(older).isEqualTo(new Revisioned<>(key(), 0));

    Revisioned<KeyRecord> disabled = keys.put(older, key().with(KeyStatus.DISABLED, NOW));

    assertThat(keys.read(key().keyId())).contains(disabled);
    assertThat(disabled.revision()).isEqualTo(1);
  }

  @Test
  void an_item_without_a_revision_that_was_changed_is_not_replaced() {
    Revisioned<KeyRecord> older = asAnEarlierVersionWrote(key());
    Revisioned<KeyRecord> changed = asAnEarlierVersionWrote(key().with(KeyStatus.DISABLED, NOW));

    assertThatThrownBy(() -> keys.put(older, key())).isInstanceOf(TransientFault.class);
    assertThatThrownBy(() -> keys.delete(older)).isInstanceOf(TransientFault.class);

    assertThat(keys.read(key().keyId())).contains(changed);
    keys.delete(changed);
    assertThat(keys.read(key().keyId())).isEmpty();
  }

  private Revisioned<KeyRecord> asAnEarlierVersionWrote(KeyRecord record) {
    keys.read(record.keyId()).ifPresent(keys::delete);
    keys.put(null, record);
    Map<String, AttributeValue> item = new HashMap<>(only(tables.keys()));
    item.remove("revision");
    client.putItem(put -> put.tableName(tables.keys()).item(item));
    return keys.read(record.keyId()).orElseThrow();
  }

  private static PlanRecord plan(PlanRecord.State state) {
    return new PlanRecord(new UsagePlan("plan-1", 0.1, 2, null), state);
  }

  private Map<String, AttributeValue> only(String table) {
    var items = client.scan(scan -> scan.tableName(table)).items();
    assertThat(items).hasSize(1);
    return items.getFirst();
  }
}
