package dev.facet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureBlocksTest {

  @Test
  void a_block_has_its_heading_and_its_rows() {
    FigureBlocks blocks =
        new FigureBlocks(
            """
            text
            <!-- figures: startup -->
            | start | seconds |
            |---|---|
            | first | 5.5 |
            <!-- end -->
            """);
    assertThat(blocks.faults()).isEmpty();
    assertThat(blocks.rows())
        .containsExactly(
            new FigureBlocks.Row("startup", 3, "| start | seconds |"),
            new FigureBlocks.Row("startup", 5, "| first | 5.5 |"));
  }

  @Test
  void a_block_ends_and_has_rows() {
    assertThat(new FigureBlocks("<!-- figures: a -->\n| b |").faults())
        .containsExactly("line 1: the block has no end");
    assertThat(
            new FigureBlocks("<!-- figures: a -->\n<!-- figures: b -->\n| c |\n<!-- end -->")
                .faults())
        .containsExactly("line 1: the block has no end");
    assertThat(new FigureBlocks("<!-- figures: a -->\n<!-- end -->").faults())
        .containsExactly("line 1: the block has no rows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| search | 74 ms |",
        "| search | 74ms (70–80) |",
        "| key check | 3.6 µs |",
        "| service | 964 MiB |",
        "| enrolments | 98.4/s |",
        "| enrolments | 98 req/s |",
        "| detector | 1.35 × |",
        "| detector | 1.35 × the time of ONNX Runtime |",
        "| what | ms |\n|---|---|\n| search | 74 |",
        "| what | × plain |\n|---|---|\n| search | 1.8 |",
      })
  void a_measured_figure_outside_of_a_block_is_a_fault(String table) {
    assertThat(new FigureBlocks(table).faults())
        .isNotEmpty()
        .allMatch(fault -> fault.endsWith("a measured figure outside of a figures block"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| landmarks | a 64 × 64 grey crop |",
        "| visibility timeout | 168 s = 6 × 28 s |",
        "| body | 6 MB, 32 embeddings |",
        "| programs | ms-dos |",
        "Text that says 74 ms.",
        "```\n| search | 74 ms |\n```",
      })
  void limits_and_dimensions_are_no_figures(String text) {
    assertThat(new FigureBlocks(text).faults()).isEmpty();
  }
}
