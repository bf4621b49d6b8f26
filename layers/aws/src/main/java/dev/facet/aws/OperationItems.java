package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Operations as items; DynamoDB deletes them some time after they expire. */
final class OperationItems {

  private static final String ID = "operation";
  private static final String DIGEST = "digest";
  private static final String ANSWER = "answer";

  private OperationItems() {}

  static Map<String, AttributeValue> key(ApplicationId application, OperationId id) {
    return Item.key(StoreKeys.operation(application, id), StoreKeys.SINGLE);
  }

  /**
   * Returns the write of an operation, on condition that no unexpired record of it exists. If one
   * exists, DynamoDB returns it.
   */
  static Put add(String table, ApplicationId application, Operation operation, Instant now) {
    Item item =
        Item.under(key(application, operation.id()))
            .text(ID, operation.id().value())
            .text(DIGEST, operation.requestDigest())
            .text(ANSWER, operation.answer())
            .number(Tables.EXPIRES, operation.expires().getEpochSecond());
    return Put.builder()
        .tableName(table)
        .item(item.attributes())
        .conditionExpression("attribute_not_exists(pk) OR #expires <= :now")
        .expressionAttributeNames(Map.of("#expires", Tables.EXPIRES))
        .expressionAttributeValues(Item.part().number(":now", now.getEpochSecond()).attributes())
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  static Operation from(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new Operation(
        new OperationId(item.text(ID)),
        item.text(DIGEST),
        item.text(ANSWER),
        Instant.ofEpochSecond(item.number(Tables.EXPIRES)));
  }
}
