package dev.facet.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The report of a benchmark, printed as it grows and saved as Markdown: the command, the machine,
 * tables, and whether each aim was reached.
 */
public final class Report {

  private final Path file;
  private final StringBuilder text = new StringBuilder();
  private boolean reached = true;

  private Report(Path file) {
    this.file = file;
  }

  /**
   * Begins a report.
   *
   * @param folder the folder of {@code NAME.md}
   * @param command the command that repeats the benchmark
   * @throws IOException if the machine can't be described
   */
  public static Report begin(Path folder, String name, String command) throws IOException {
    Report report = new Report(folder.resolve(name + ".md"));
    report.add("# %s\n".formatted(name));
    report.add("`%s`, %s\n".formatted(command, LocalDate.now(ZoneOffset.UTC)));
    report.add(Machine.describe() + "\n");
    return report;
  }

  /** Adds a paragraph or a table. */
  public Report add(Object paragraph) {
    System.out.println(paragraph);
    text.append(paragraph).append('\n');
    return this;
  }

  /** Adds a heading. */
  public Report section(String heading) {
    return add("## %s\n".formatted(heading));
  }

  /** Adds an aim and whether it was reached. */
  public Report aim(String what, boolean met, String found) {
    reached &= met;
    return add("- %s: %s, %s".formatted(met ? "reached" : "**missed**", what, found));
  }

  /**
   * Writes the file.
   *
   * @return whether every aim was reached
   * @throws IOException if it can't be written
   */
  public boolean end() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
    return reached;
  }
}
