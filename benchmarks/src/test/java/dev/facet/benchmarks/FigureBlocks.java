package dev.facet.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the figures of a Markdown document. Measured figures stand between {@code <!-- figures:
 * NAME -->} and {@code <!-- end -->}, in rows that the results file of that name contains.
 */
final class FigureBlocks {

  private static final Pattern BEGIN = Pattern.compile("<!-- figures: (\\S+) -->");
  private static final String END = "<!-- end -->";
  private static final Pattern SEPARATOR = Pattern.compile("\\|[-:| ]+\\|");

  /** A number with a unit of time, memory or throughput, or a factor; no width × height. */
  private static final Pattern FIGURE =
      Pattern.compile("\\d\\s?(ms|µs|ns|MiB|[MG]i?B/s|req/s|/s)(?![\\w/])|\\d\\s?×(?!\\s?\\d)");

  /** A heading of a column whose figures have no unit of their own. */
  private static final Pattern UNIT_HEADING =
      Pattern.compile("(^|[ ,(])(ms|µs|ns|MiB|req/s)([ ,)]|$)|^× |÷");

  /**
   * A row of a block.
   *
   * @param results the name of the results file
   * @param line the number of the line in the document, from 1
   * @param text the row
   */
  record Row(String results, int line, String text) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private @Nullable String results;
  private int begin;
  private int rowsBefore;
  private boolean code;
  private boolean table;
  private boolean unitHeading;

  /** Reads a document. */
  FigureBlocks(String document) {
    List<String> lines = document.lines().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("```")) {
        code = !code;
      } else if (!code) {
        read(line, i + 1);
      }
    }
    if (results != null) {
      faults.add("line %d: the block has no end".formatted(begin));
    }
  }

  /** Returns the rows of all blocks, headings included, separators not. */
  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Returns descriptions of malformed blocks and of measured figures outside of blocks. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  private void read(String line, int number) {
    Matcher start = BEGIN.matcher(line);
    if (start.matches()) {
      if (results != null) {
        faults.add("line %d: the block has no end".formatted(begin));
      }
      results = start.group(1);
      begin = number;
      rowsBefore = rows.size();
    } else if (results == null) {
      checkOutside(line, number);
    } else if (line.equals(END)) {
      if (rows.size() == rowsBefore) {
        faults.add("line %d: the block has no rows".formatted(begin));
      }
      results = null;
    } else if (!line.isEmpty() && !SEPARATOR.matcher(line).matches()) {
      rows.add(new Row(results, number, line));
    }
  }

  private void checkOutside(String line, int number) {
    boolean row = line.startsWith("|");
    if (row && !table) {
      unitHeading =
          Arrays.stream(line.split("\\|"))
              .map(String::strip)
              .anyMatch(cell -> UNIT_HEADING.matcher(cell).find());
    }
    table = row;
    if (row && !SEPARATOR.matcher(line).matches() && (unitHeading || FIGURE.matcher(line).find())) {
      faults.add("line %d: a measured figure outside of a figures block".formatted(number));
    }
  }
}
