package dev.facet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.benchmarks.measure.ReportHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The figures of README.md and docs: all come from the committed results. To publish a new figure,
 * run {@code benchmarks/run NAME --save} and copy the row.
 */
class FiguresTest {

  private static final Path ROOT = Path.of(System.getProperty("facet.root", ".."));
  private static final Path RESULTS = ROOT.resolve("benchmarks/results");

  @Test
  void every_figure_of_the_documents_is_in_the_results() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Path document : documents()) {
      FigureBlocks blocks = new FigureBlocks(Files.readString(document));
      blocks.faults().forEach(fault -> faults.add(document + " " + fault));
      for (FigureBlocks.Row row : blocks.rows()) {
        if (!results(row.results()).contains(row.text())) {
          faults.add(
              "%s line %d: benchmarks/results/%s.md has no such row: %s"
                  .formatted(document, row.line(), row.results(), row.text()));
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void all_results_have_a_complete_header() throws IOException {
    List<Path> files = markdown(RESULTS);
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      ReportHeader header = ReportHeader.parse(Files.readString(file));
      assertThat(header.commit())
          .as("commit in %s", file)
          .matches("[0-9a-f]{7,40}|not recorded(, .+)?");
      assertThat(header.command())
          .as("command in %s", file)
          .matches("(benchmarks/run|\\./facet) .+");
      if (header.origin().equals(ReportHeader.MEASURED)) {
        assertThat(header.machine().toString()).as(file.toString()).doesNotContain("not recorded");
        assertThat(header.commit()).as(file.toString()).doesNotContain("not recorded");
      }
    }
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    documents.addAll(markdown(ROOT.resolve("docs")));
    return documents;
  }

  private static List<Path> markdown(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static Set<String> results(String name) throws IOException {
    Path file = RESULTS.resolve(name + ".md");
    return Files.exists(file)
        ? new HashSet<>(Files.readAllLines(file).stream().map(String::strip).toList())
        : Set.of();
  }
}
