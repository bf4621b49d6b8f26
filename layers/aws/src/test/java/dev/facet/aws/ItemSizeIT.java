package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Sizes of items, compared with the limit of DynamoDB Local. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class ItemSizeIT {

  private static final EmbeddedDynamo DYNAMO = new EmbeddedDynamo();
  private static final int MAX = 400 << 10;

  @AfterAll
  static void stop() {
    DYNAMO.close();
  }

  static Stream<AttributeValue> values() {
    AttributeValue text = AttributeValue.fromS("顔ü😀");
    AttributeValue bytes = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[128]));
    return Stream.of(
        text,
        bytes,
        AttributeValue.fromBool(true),
        AttributeValue.fromL(List.of()),
        AttributeValue.fromL(List.of(text, bytes, AttributeValue.fromBool(false))),
        AttributeValue.fromM(Map.of()),
        AttributeValue.fromM(Map.of("名", text, "b", AttributeValue.fromL(List.of(bytes)))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void an_item_at_the_limit_is_accepted_and_one_byte_more_is_not(AttributeValue value) {
    Map<String, AttributeValue> item = new HashMap<>(Item.key("p", "s"));
    item.put("値", value);
    item.put("rest", AttributeValue.fromS(""));
    int rest = (int) (MAX - ItemSize.of(item));

    item.put("rest", AttributeValue.fromS("a".repeat(rest)));
    assertThatCode(() -> put(item)).doesNotThrowAnyException();
    item.put("rest", AttributeValue.fromS("a".repeat(rest + 1)));
    assertThatThrownBy(() -> put(item))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Item size");
  }

  /** A number takes a byte for two digits, and one byte more. */
  @Test
  void a_number_is_never_larger_than_its_computed_size() {
    assertThat(ItemSize.of(AttributeValue.fromN("7"))).isBetween(2L, 3L);
    assertThat(ItemSize.of(AttributeValue.fromN("1700000000000"))).isBetween(7L, 9L);
    assertThat(ItemSize.of(AttributeValue.fromN("-0.123456789"))).isBetween(6L, 8L);
  }

  private static void put(Map<String, AttributeValue> item) {
    DYNAMO.client().putItem(request -> request.tableName(Tables.DEFAULT.data()).item(item));
  }
}
