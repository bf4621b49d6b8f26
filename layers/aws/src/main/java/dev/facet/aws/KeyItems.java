package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.keys.KeyId;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.keys.KeyStatus;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records of API keys as items of the key table. */
final class KeyItems implements RevisionedItems.Format<KeyId, KeyRecord> {

  private static final String ID = "id";
  private static final String APPLICATION = "application_id";
  private static final String CUSTOMER = "customer_id";
  private static final String API = "api_id";
  private static final String USAGE_PLAN = "usage_plan_id";
  private static final String PRODUCT = "product_code";
  private static final String PRINCIPAL = "principal";
  private static final String STATUS = "status";
  private static final String CREATED = "when_created";
  private static final String UPDATED = "last_updated";
  private static final String EXPIRES_AT = "expires_at";

  @Override
  public KeyId key(KeyRecord record) {
    return record.keyId();
  }

  @Override
  public Map<String, AttributeValue> attributes(KeyId id) {
    return Map.of(Tables.KEY_ID, AttributeValue.fromS(id.hex()));
  }

  @Override
  public Item write(KeyRecord record) {
    return Item.under(attributes(record.keyId()))
        .text(ID, record.id().toString())
        .text(APPLICATION, record.application().toString())
        .text(CUSTOMER, record.customerId())
        .text(API, record.apiId())
        .text(USAGE_PLAN, record.usagePlanId())
        .text(PRODUCT, record.productCode())
        .text(PRINCIPAL, record.principal())
        .text(STATUS, record.status().name().toLowerCase(Locale.ROOT))
        .time(CREATED, record.whenCreated())
        .time(UPDATED, record.lastUpdated())
        .time(EXPIRES_AT, record.expiresAt());
  }

  @Override
  public KeyRecord read(Item item) {
    return new KeyRecord(
        UUID.fromString(item.text(ID)),
        new KeyId(item.text(Tables.KEY_ID)),
        ApplicationId.parse(item.text(APPLICATION)),
        item.textOrNull(CUSTOMER),
        item.textOrNull(API),
        item.textOrNull(USAGE_PLAN),
        item.textOrNull(PRODUCT),
        item.textOrNull(PRINCIPAL),
        item.constant(STATUS, KeyStatus.class),
        item.time(CREATED),
        item.time(UPDATED),
        item.timeOrNull(EXPIRES_AT));
  }
}
