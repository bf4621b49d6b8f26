package dev.facet.local.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.local.data.Json;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The output of commands: text for people, or JSON in one line for programs. */
final class Output {

  private final PrintWriter out;
  private final PrintWriter err;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "print JSON on one line")
  private boolean json;

  Output(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Prints an object: as text, a line for each property that has a value; as JSON, all properties.
   */
  void print(Map<String, @Nullable Object> thing) {
    if (json) {
      printJson(thing);
    } else {
      thing.forEach(
          (name, value) -> {
            if (value != null) {
              out.printf("%-17s%s%n", name, value);
            }
          });
    }
    out.flush();
  }

  /** Prints objects: as text, a table of some properties; as JSON, all properties. */
  void print(List<? extends Map<String, @Nullable Object>> things, String... columns) {
    if (json) {
      printJson(things);
    } else if (!things.isEmpty()) {
      int[] widths = Arrays.stream(columns).mapToInt(column -> width(things, column)).toArray();
      printRow(columns, widths);
      for (Map<String, @Nullable Object> thing : things) {
        printRow(Arrays.stream(columns).map(c -> cell(thing, c)).toArray(String[]::new), widths);
      }
    }
    out.flush();
  }

  /** Prints a message for people on the error stream, so that programs do not read it. */
  void message(String text) {
    err.println(text);
    err.flush();
  }

  private void printJson(Object value) {
    try {
      out.println(Json.MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written", e);
    }
  }

  private void printRow(String[] cells, int[] widths) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      row.append(("%-" + widths[i] + "s  ").formatted(cells[i]));
    }
    out.println(row.toString().stripTrailing());
  }

  private static int width(List<? extends Map<String, @Nullable Object>> things, String column) {
    return things.stream()
        .mapToInt(thing -> cell(thing, column).length())
        .reduce(column.length(), Math::max);
  }

  private static String cell(Map<String, @Nullable Object> thing, String column) {
    Object value = thing.get(column);
    return value == null ? "-" : value.toString();
  }
}
