package dev.facet.benchmarks.measure;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a report's figures. A value that was not recorded at the time is {@code not
 * recorded}.
 *
 * @param date the day of the measurement, in UTC
 * @param commit the measured commit
 * @param command the command that repeats the measurement
 * @param origin {@code measured by the command}, or the document that the figures were taken from
 * @param machine the machine
 */
public record ReportHeader(
    LocalDate date, String commit, String command, String origin, Machine machine) {

  /** The origin of reports that a benchmark wrote itself. */
  public static final String MEASURED = "measured by the command";

  private static final Pattern ROW =
      Pattern.compile("^\\| ([a-z ]+) \\| (\\S.*) \\|$", Pattern.MULTILINE);

  /**
   * Returns the header of a report.
   *
   * @param report a whole report or a part that begins with a header table
   * @throws IllegalArgumentException if a property is missing or the date is malformed
   */
  public static ReportHeader parse(String report) {
    Map<String, String> rows = new TreeMap<>();
    Matcher matcher = ROW.matcher(report);
    while (matcher.find()) {
      rows.putIfAbsent(matcher.group(1), matcher.group(2));
    }
    return new ReportHeader(
        LocalDate.parse(get(rows, "date")),
        get(rows, "commit"),
        get(rows, "command").replace("`", ""),
        get(rows, "origin"),
        new Machine(
            get(rows, "processor"),
            get(rows, "cores"),
            get(rows, "memory"),
            get(rows, "system"),
            get(rows, "load at start")));
  }

  private static String get(Map<String, String> rows, String property) {
    String value = rows.get(property);
    if (value == null) {
      throw new IllegalArgumentException("the header has no row \"%s\"".formatted(property));
    }
    return value;
  }

  /** Returns the Markdown table. */
  @Override
  public String toString() {
    return new Table("property", "value")
        .row("date", date)
        .row("commit", commit)
        .row("command", "`%s`".formatted(command))
        .row("origin", origin)
        .row("processor", machine.processor())
        .row("cores", machine.cores())
        .row("memory", machine.memory())
        .row("system", machine.system())
        .row("load at start", machine.load())
        .toString();
  }
}
