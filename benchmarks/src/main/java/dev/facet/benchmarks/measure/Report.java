package dev.facet.benchmarks.measure;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The report of a benchmark, printed as it grows and saved as Markdown: the origin of the figures,
 * tables, and whether each target was reached. Nothing is printed before the first paragraph.
 */
public final class Report {

  private final String name;
  private final PrintStream console;
  private final Map<Path, String> documents = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();
  private boolean printed;
  private boolean reached = true;

  /**
   * Creates a report.
   *
   * @param name the benchmark's name, the title
   * @param console receives each part at once
   */
  public Report(String name, ReportHeader header, PrintStream console) {
    this.name = name;
    this.console = console;
    text.append("# %s\n\n%s\n".formatted(name, header));
  }

  /** Adds a paragraph or a table. */
  public Report add(Object paragraph) {
    if (!printed) {
      console.print(text);
      printed = true;
    }
    console.println(paragraph);
    text.append(paragraph).append('\n');
    return this;
  }

  /** Adds a heading. */
  public Report section(String heading) {
    return add("## %s\n".formatted(heading));
  }

  /**
   * Adds a target and whether it was reached.
   *
   * @param target the required figure
   * @param met whether it was reached
   * @param measured the measured figure
   */
  public Report target(String target, boolean met, String measured) {
    reached &= met;
    return add("- %s: %s, %s".formatted(met ? "reached" : "**missed**", target, measured));
  }

  /**
   * Adds a part that a document repeats, between {@code <!-- figures: NAME -->} and {@code <!-- end
   * -->}.
   *
   * @param document the document, which {@link #publish} changes
   */
  public Report published(Path document, String part) {
    documents.merge(document, part, (before, next) -> before + "\n" + next);
    return add(part);
  }

  /**
   * Writes the published parts into their documents.
   *
   * @throws IOException if a document can't be read or written
   * @throws IllegalStateException if a document has no such block
   */
  public void publish() throws IOException {
    for (Map.Entry<Path, String> entry : documents.entrySet()) {
      Path document = entry.getKey();
      String old = Files.readString(document);
      String begin = "<!-- figures: %s -->\n".formatted(name);
      int from = old.indexOf(begin);
      int to = old.indexOf("<!-- end -->", Math.max(0, from));
      if (from < 0 || to < 0) {
        throw new IllegalStateException("%s has no block of %s".formatted(document, name));
      }
      Files.writeString(
          document,
          old.substring(0, from) + begin + entry.getValue().strip() + "\n" + old.substring(to));
    }
  }

  /** Returns whether every target was reached. */
  public boolean allReached() {
    return reached;
  }

  /**
   * Writes the report.
   *
   * @throws IOException if the file can't be written
   */
  public void save(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }
}
