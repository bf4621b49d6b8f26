package dev.facet.aws;

import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.NewerFormat;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB item, or a map within one, for writing or reading. Every item carries {@code schema:
 * 1}. A missing attribute or another schema is an {@link InternalFault}: the data is damaged or
 * newer than this program.
 */
final class Item {

  private static final String SCHEMA = "schema";
  private static final long CURRENT = 1;

  private final Map<String, AttributeValue> attributes;

  private Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  /** Returns the key of an item in the data table. */
  static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of(
        Tables.PARTITION, AttributeValue.fromS(partition), Tables.SORT, AttributeValue.fromS(sort));
  }

  /** Creates an item to write, with only its key and schema. */
  static Item under(Map<String, AttributeValue> key) {
    return new Item(new HashMap<>(key)).number(SCHEMA, CURRENT);
  }

  /** Creates a map to write within an item. */
  static Item part() {
    return new Item(new HashMap<>());
  }

  /**
   * Raises the schema of an item to write, so that versions which do not know the marked attribute
   * refuse the item.
   */
  Item markedAs(long schema) {
    return number(SCHEMA, schema);
  }

  /** Wraps an item that was read, and checks its schema. */
  static Item from(Map<String, AttributeValue> attributes) {
    return from(attributes, CURRENT);
  }

  /** Wraps an item that was read, whose schema may be raised up to a newest one. */
  static Item from(Map<String, AttributeValue> attributes, long newest) {
    Item item = new Item(attributes);
    if (item.number(SCHEMA) > CURRENT && item.number(SCHEMA) <= newest) {
      return item;
    }
    if (item.number(SCHEMA) > CURRENT) {
      throw new InternalFault(NewerFormat.message("a stored item", item.number(SCHEMA)));
    }
    if (item.number(SCHEMA) != CURRENT) {
      throw new InternalFault("a stored item has schema " + item.number(SCHEMA));
    }
    return item;
  }

  /** Wraps a map within an item that was read. */
  static Item fromPart(AttributeValue value) {
    return new Item(value.m());
  }

  /** Returns the attributes in the form of the SDK. */
  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  /** Returns the item as a map value within another. */
  AttributeValue asValue() {
    return AttributeValue.fromM(attributes);
  }

  /** Sets a text; null leaves it out. */
  Item text(String name, @Nullable String value) {
    return value == null ? this : set(name, AttributeValue.fromS(value));
  }

  /** Sets a whole number. */
  Item number(String name, long value) {
    return set(name, AttributeValue.fromN(Long.toString(value)));
  }

  /** Sets a fraction with full precision; null leaves it out. */
  Item fraction(String name, @Nullable Double value) {
    return value == null ? this : set(name, AttributeValue.fromN(Double.toString(value)));
  }

  /** Sets a fraction of single precision, which {@link #singleOr} reads with the same bits. */
  Item single(String name, float value) {
    return set(name, AttributeValue.fromN(Float.toString(value)));
  }

  /** Sets a boolean. */
  Item flag(String name, boolean value) {
    return set(name, AttributeValue.fromBool(value));
  }

  /** Sets bytes without a copy; the caller must not change them afterwards. */
  Item bytes(String name, byte[] value) {
    return set(name, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value)));
  }

  /** Sets a time in milliseconds; null leaves it out. */
  Item time(String name, @Nullable Instant value) {
    return value == null ? this : number(name, value.toEpochMilli());
  }

  /** Sets any other value. */
  Item set(String name, AttributeValue value) {
    attributes.put(name, value);
    return this;
  }

  /** Returns a text that must be present. */
  String text(String name) {
    return required(name, required(name).s());
  }

  /** Returns a text, or null if it is absent. */
  @Nullable String textOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  /**
   * Returns a constant that must be present, stored in upper or lower case.
   *
   * @throws InternalFault if this version does not know it
   */
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String value = text(name);
    return Stream.of(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(() -> new InternalFault(NewerFormat.unknown("A stored item", name, value)));
  }

  /** Returns a whole number that must be present. */
  long number(String name) {
    try {
      return Long.parseLong(required(name, required(name).n()));
    } catch (NumberFormatException e) {
      throw damaged(name);
    }
  }

  /** Returns a whole number, or another one if it is absent. */
  long numberOr(String name, long absent) {
    return attributes.containsKey(name) ? number(name) : absent;
  }

  /** Returns a fraction that must be present. */
  double fraction(String name) {
    return required(name, fractionOrNull(name));
  }

  /** Returns a boolean that must be present. */
  boolean flag(String name) {
    return required(name, required(name).bool());
  }

  /** Returns a boolean, or another one if it is absent. */
  boolean flagOr(String name, boolean absent) {
    return attributes.containsKey(name) ? flag(name) : absent;
  }

  /** Returns a fraction, or null if it is absent. */
  @Nullable Double fractionOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : Double.valueOf(required(name, value.n()));
  }

  /** Returns a fraction of single precision, or another one if it is absent. */
  float singleOr(String name, float absent) {
    AttributeValue value = attributes.get(name);
    return value == null ? absent : Float.parseFloat(required(name, value.n()));
  }

  /** Returns bytes that must be present, without a copy; the caller must not change them. */
  byte[] bytes(String name) {
    return required(name, required(name).b()).asByteArrayUnsafe();
  }

  /** Returns a time, stored in milliseconds, that must be present. */
  Instant time(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  /** Returns a time, stored in milliseconds, or null if it is absent. */
  @Nullable Instant timeOrNull(String name) {
    return attributes.containsKey(name) ? time(name) : null;
  }

  /** Returns a list that must be present. */
  List<AttributeValue> list(String name) {
    return required(name).l();
  }

  /** Returns a map that must be present. */
  Map<String, AttributeValue> map(String name) {
    return required(name).m();
  }

  private AttributeValue required(String name) {
    return required(name, attributes.get(name));
  }

  private static <T> T required(String name, @Nullable T value) {
    return Optional.ofNullable(value).orElseThrow(() -> damaged(name));
  }

  private static InternalFault damaged(String name) {
    return new InternalFault("a stored item lacks " + name);
  }
}
