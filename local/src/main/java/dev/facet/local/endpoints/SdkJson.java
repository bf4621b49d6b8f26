package dev.facet.local.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Converts the SDK's requests and responses to JSON and back from the server's side, by the field
 * lists that the SDK generates: texts, integers, lists and maps of them, and nested structures.
 */
final class SdkJson {

  private SdkJson() {}

  /** Sets the fields of a builder from an object; properties that it does not know are ignored. */
  static void read(JsonNode object, SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode value = object.path(field.locationName());
      if (!value.isMissingNode() && !value.isNull()) {
        field.set(builder, read(value, field));
      }
    }
  }

  private static Object read(JsonNode value, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.STRING) {
      return value.asText();
    }
    if (type == MarshallingType.INTEGER) {
      return value.asInt();
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
      List<Object> list = new ArrayList<>();
      value.forEach(element -> list.add(read(element, member)));
      return list;
    }
    if (type == MarshallingType.MAP) {
      SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> map = new LinkedHashMap<>();
      value.properties().forEach(entry -> map.put(entry.getKey(), read(entry.getValue(), member)));
      return map;
    }
    throw new UnsupportedOperationException("a field of type " + type);
  }

  /** Returns the object of all fields that are set. */
  static ObjectNode write(SdkPojo pojo) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null) {
        object.set(field.locationName(), write(value));
      }
    }
    return object;
  }

  private static JsonNode write(Object value) {
    return switch (value) {
      case String text -> JsonNodeFactory.instance.textNode(text);
      case Integer number -> JsonNodeFactory.instance.numberNode(number);
      case SdkPojo pojo -> write(pojo);
      case List<?> list -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        list.forEach(element -> array.add(write((Object) element)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map.forEach((name, element) -> object.set(name.toString(), write((Object) element)));
        yield object;
      }
      default -> throw new UnsupportedOperationException("a value of " + value.getClass());
    };
  }
}
