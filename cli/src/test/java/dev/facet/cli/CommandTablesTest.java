package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTablesTest {

  @Test
  void a_table_shows_usage_and_description() {
    assertThat(CommandTables.table("verify", "jdk", "plans create"))
        .startsWith(
            "| command | description |\n"
                + "|---|---|\n"
                + "| `./facet verify ID PHOTO [--credentials FILE]` | ")
        .contains(
            "| `./facet jdk` | Prints the folder of the JDK 25 that Facet uses. |\n",
            "| `./facet plans create --rate R --burst B [--quota N/day\\|week\\|month] [--name"
                + " NAME]");
  }

  @Test
  void a_group_stands_for_its_commands() {
    assertThat(CommandTables.table("dlq").lines().skip(2))
        .hasSize(4)
        .anyMatch(row -> row.startsWith("| `./facet dlq replay JOB\\|all` | "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandTables.table("keys frob"))
        .withMessage("there is no command 'keys frob'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./facet help",
        "./facet test layers/core",
        "./facet serve --port 0 --data 'a folder'",
        "./facet keys create --plan x \\\n  --customer \"Acme Ltd\"",
        "./facet keys --help",
        "./facet search photo.jpg --threshold=5000",
        "./facet dlq replay all --stack facet --json"
      })
  void a_command_that_picocli_accepts_parses(String commandLine) {
    CommandTables.parse(commandLine);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./facet verify photo.jpg",
        "./facet verify a photo.jpg 'another one.jpg'",
        "./facet frobnicate",
        "./facet keys",
        "./facet search photo.jpg --limits 3",
        "./facet keys show 'not closed",
        "facet help"
      })
  void a_command_that_picocli_refuses_is_quoted(String commandLine) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandTables.parse(commandLine))
        .withMessageContaining("'" + commandLine + "'");
  }
}
