package dev.facet.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Markdown table. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  /** Creates a table with these headings. */
  public Table(String... headings) {
    columns = headings.length;
    row((Object[]) headings);
    rows.add(List.of(headings).stream().map(heading -> "---").toList());
  }

  /**
   * Adds a row. Doubles have about three significant digits; samples show their spread.
   *
   * @throws IllegalArgumentException if the numbers of cells and headings differ
   */
  public Table row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException("%d cells in %d columns".formatted(cells.length, columns));
    }
    rows.add(List.of(cells).stream().map(Table::text).toList());
    return this;
  }

  private static String text(Object cell) {
    return switch (cell) {
      case Samples samples -> samples.spread();
      case Double number -> Samples.digits(number);
      default -> cell.toString();
    };
  }

  @Override
  public String toString() {
    return rows.stream()
        .map(cells -> "| " + String.join(" | ", cells) + " |\n")
        .collect(Collectors.joining());
  }
}
