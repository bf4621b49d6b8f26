package dev.facet.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void rows_are_markdown() {
    assertThat(new Table("what", "ms").row("search", Samples.of(2, 2)))
        .hasToString("| what | ms |\n| --- | --- |\n| search | 2.00 (2.00–2.00) |\n");
  }

  @Test
  void a_row_has_a_cell_for_each_heading() {
    Table table = new Table("what", "ms");
    assertThatThrownBy(() -> table.row("search")).isInstanceOf(IllegalArgumentException.class);
  }
}
