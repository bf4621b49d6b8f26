package dev.facet.local.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.local.administration.CommandRunner.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that fail before they change anything. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandMessagesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "keys show nope | 'nope' is not an id; 'keys list' prints the ids",
        "keys delete 1-2-3-4 | '1-2-3-4' is not an id; 'keys list' prints the ids",
        "keys rotate x | 'x' is not an id; 'keys list' prints the ids",
        "keys repair --age soon | 'soon' is not a duration",
        "plans create --rate fast --burst 1 | 'fast' is not a double",
        "plans create --rate 1 --burst 1.5 | '1.5' is not an int",
        "plans create --rate 1 --burst 1 --quota 7 | use a form such as 1000/day",
      })
  void a_wrong_argument_is_refused_by_its_rule(String command, String rule) {
    Shown shown = new CommandRunner(folder.resolve("data")).run(command.split(" "));
    assertThat(shown.status()).isEqualTo(2);
    assertThat(shown.err()).contains(rule).doesNotContain("Exception").doesNotContain("java.");
  }

  @ParameterizedTest
  @CsvSource({"keys list", "plans list", "principals list", "dlq list"})
  void a_folder_that_is_a_file_is_refused(String command) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(new CommandRunner(file).run(command.split(" ")))
        .isEqualTo(
            new Shown(1, "", "facet: %s can't be used: it is not a folder.%n".formatted(file)));
  }

  @Test
  void a_damaged_file_is_named() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path damaged = Files.writeString(data.resolve("principals.json"), "[\n{");
    Shown shown = new CommandRunner(data).run("principals", "list");
    assertThat(shown.status()).isEqualTo(1);
    assertThat(shown.err())
        .startsWith(
            "facet: %s can't be used: it can't be read: its JSON is damaged".formatted(damaged));
  }

  @Test
  void a_database_that_is_none_is_named() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path database = Files.createDirectory(data.resolve("dynamodb")).resolve("facet.db");
    Files.writeString(
        database, "this is no database, and more than SQLite's header has room for".repeat(20));
    Shown shown = new CommandRunner(data).run("keys", "list");
    assertThat(shown.status()).isEqualTo(1);
    assertThat(shown.err()).startsWith("facet: %s can't be used: ".formatted(database.getParent()));
  }
}
