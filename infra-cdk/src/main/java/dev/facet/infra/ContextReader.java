package dev.facet.infra;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The CDK's context as typed values. Values from {@code -c name=value} are text; values from {@code
 * cdk.json} may also be numbers, booleans or lists.
 */
final class ContextReader {

  private final Function<String, @Nullable Object> values;

  ContextReader(Function<String, @Nullable Object> values) {
    this.values = values;
  }

  Optional<String> text(String name) {
    Object value = values.apply(name);
    if (value == null) {
      return Optional.empty();
    }
    String text =
        value instanceof List<?> list
            ? String.join(",", list.stream().map(String::valueOf).toList())
            : value.toString();
    return Optional.of(text.strip()).filter(t -> !t.isEmpty());
  }

  String text(String name, String defaultValue) {
    return text(name).orElse(defaultValue);
  }

  /** Returns a whole number; JSON numbers arrive as doubles. */
  int number(String name, int defaultValue) {
    Object value = values.apply(name);
    if (value instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    try {
      return text(name).map(Integer::parseInt).orElse(defaultValue);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a whole number: " + value, e);
    }
  }

  boolean flag(String name, boolean defaultValue) {
    return switch (text(name, String.valueOf(defaultValue))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " is true or false");
    };
  }

  List<String> list(String name) {
    return text(name).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .toList();
  }

  /** Returns the constant of an enum by its lower-case name. */
  <E extends Enum<E>> E choice(String name, Class<E> type, E defaultValue) {
    String text = text(name, lower(defaultValue));
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> lower(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name
                        + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(ContextReader::lower)
                            .toList()));
  }

  /** Parses pairs {@code name=value}, separated by commas. */
  Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : list(name)) {
      int at = pair.indexOf('=');
      if (at < 1) {
        throw new IllegalArgumentException(name + " is a list of name=value: " + pair);
      }
      pairs.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return pairs;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
