package dev.facet.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final ReportHeader HEADER =
      new ReportHeader(
          LocalDate.of(2026, 11, 27),
          "0123abc",
          "benchmarks/run startup 5",
          ReportHeader.MEASURED,
          new Machine("Z80 (family 8, model 0, no vectors)", "1", "1 GiB", "CP/M", "0.00"));

  @TempDir private Path folder;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final Report report =
      new Report("startup", HEADER, new PrintStream(console, true, StandardCharsets.UTF_8));

  @Test
  void the_header_is_read_as_it_is_written() throws IOException {
    Path file = folder.resolve("results/startup.md");
    report.save(file);
    assertThat(ReportHeader.parse(Files.readString(file))).isEqualTo(HEADER);
  }

  @Test
  void a_header_without_a_commit_is_refused() {
    String incomplete = HEADER.toString().replace("| commit | 0123abc |\n", "");
    assertThatThrownBy(() -> ReportHeader.parse(incomplete))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the header has no row \"commit\"");
  }

  @Test
  void nothing_is_printed_before_the_first_paragraph() {
    assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
    report.add("first");
    report.add("second");
    assertThat(console.toString(StandardCharsets.UTF_8))
        .startsWith("# startup\n\n| property | value |\n")
        .endsWith("first\nsecond\n")
        .containsOnlyOnce("# startup");
  }

  @Test
  void one_missed_target_counts() {
    report.target("fast", true, "1 ms");
    assertThat(report.allReached()).isTrue();
    report.target("small", false, "1 GiB").target("early", true, "today");
    assertThat(report.allReached()).isFalse();
    assertThat(console.toString(StandardCharsets.UTF_8)).contains("- **missed**: small, 1 GiB\n");
  }
}
