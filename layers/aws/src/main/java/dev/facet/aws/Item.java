package dev.facet.aws;

import dev.facet.core.faults.InternalFault;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB item, or a map within one, being written or read. Every item carries {@code schema:
 * 1}. Reading what is missing, or of another schema, is an {@link InternalFault}: the data is
 * damaged or newer than this program.
 */
final class Item {

  private static final String SCHEMA = "schema";
  private static final long CURRENT = 1;

  private final Map<String, AttributeValue> attributes;

  private Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  /** The key of an item in the data table. */
  static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of(
        Tables.PARTITION, AttributeValue.fromS(partition), Tables.SORT, AttributeValue.fromS(sort));
  }

  /** An item to be written, with nothing but its key and schema. */
  static Item under(Map<String, AttributeValue> key) {
    return new Item(new HashMap<>(key)).number(SCHEMA, CURRENT);
  }

  /** A map to be written within an item. */
  static Item part() {
    return new Item(new HashMap<>());
  }

  /** An item that was read. */
  static Item read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    if (item.number(SCHEMA) != CURRENT) {
      throw new InternalFault("a stored item has schema " + item.number(SCHEMA));
    }
    return item;
  }

  /** A map that was read within an item. */
  static Item readPart(AttributeValue value) {
    return new Item(value.m());
  }

  /** What the client sends. */
  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  /** The item as a value within another. */
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

  /** Sets a fraction, every bit of it kept; null leaves it out. */
  Item fraction(String name, @Nullable Double value) {
    return value == null ? this : set(name, AttributeValue.fromN(Double.toString(value)));
  }

  /** Sets a yes or no. */
  Item flag(String name, boolean value) {
    return set(name, AttributeValue.fromBool(value));
  }

  /** Sets bytes, which must not be changed any more. */
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

  /** A text that must be there. */
  String text(String name) {
    return required(name, required(name).s());
  }

  /** A text, if it is there. */
  @Nullable String textOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  /** A whole number that must be there. */
  long number(String name) {
    try {
      return Long.parseLong(required(name, required(name).n()));
    } catch (NumberFormatException e) {
      throw damaged(name);
    }
  }

  /** A fraction that must be there. */
  double fraction(String name) {
    return required(name, fractionOrNull(name));
  }

  /** A yes or no that must be there. */
  boolean flag(String name) {
    return required(name, required(name).bool());
  }

  /** A fraction, if it is there. */
  @Nullable Double fractionOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : Double.valueOf(required(name, value.n()));
  }

  /** Bytes that must be there; not to be changed. */
  byte[] bytes(String name) {
    return required(name, required(name).b()).asByteArrayUnsafe();
  }

  /** A time in milliseconds that must be there. */
  Instant time(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  /** A time in milliseconds, if it is there. */
  @Nullable Instant timeOrNull(String name) {
    return attributes.containsKey(name) ? time(name) : null;
  }

  /** A list that must be there. */
  List<AttributeValue> list(String name) {
    return required(name).l();
  }

  /** A map that must be there. */
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
