package dev.facet.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The size of items by DynamoDB's rules: names and texts count their UTF-8 bytes, binary values
 * their bytes, numbers one byte for each two digits and one more, and booleans one. Lists and maps
 * add three bytes, and one for each element.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">DynamoDB
 *     item sizes and formats</a>
 */
final class ItemSize {

  private static final int NESTING = 3;

  private ItemSize() {}

  /** Returns the size of an item, or of a key. */
  static long of(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToLong(attribute -> text(attribute.getKey()) + of(attribute.getValue()))
        .sum();
  }

  /** Returns the size of a value without its name. */
  static long of(AttributeValue value) {
    return switch (value.type()) {
      case S -> text(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case SS -> value.ss().stream().mapToLong(ItemSize::text).sum();
      case NS -> value.ns().stream().mapToLong(ItemSize::number).sum();
      case BS -> value.bs().stream().mapToLong(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case L -> NESTING + ofElements(value.l());
      case M -> NESTING + value.m().size() + of(value.m());
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("an unknown type");
    };
  }

  /** Returns the size that elements add to a list. */
  static long ofElements(Collection<AttributeValue> elements) {
    return elements.stream().mapToLong(element -> 1 + of(element)).sum();
  }

  private static long text(String text) {
    return text.getBytes(UTF_8).length;
  }

  /**
   * Returns the size of a number. Zeros at both ends do not count, but this counts them and rounds
   * up, so that a number is never larger than it returns.
   */
  private static long number(String number) {
    long digits = number.chars().filter(Character::isDigit).count();
    return 2 + (digits + 1) / 2;
  }
}
