package dev.facet.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What a benchmark found, printed as it goes and kept as Markdown: the command, the machine, tables
 * and whether each figure aimed at was reached.
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
   * @param folder where {@code NAME.md} will be written
   * @param command what was run, as another would type it
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

  /** Adds whether a figure aimed at was reached. */
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
