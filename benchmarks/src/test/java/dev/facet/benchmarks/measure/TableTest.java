package dev.facet.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void rowsAreMarkdown() {
    assertThat(new Table("what", "ms").row("search", Samples.of(2, 2)))
        .hasToString("| what | ms |\n| --- | --- |\n| search | 2.00 (2.00–2.00) |\n");
  }

  @Test
  void aRowHasACellForEachHeading() {
    Table table = new Table("what", "ms");
    assertThatThrownBy(() -> table.row("search")).isInstanceOf(IllegalArgumentException.class);
  }
}
