package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.MarkdownDocument.Generated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * All Markdown files of the repository obey {@link DocumentRules}. With the property {@code
 * facet.update}, it rewrites the generated tables instead of comparing them.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentsTest {

  private static final int MAX_README_LINES = 150;

  /**
   * A name in code style with at least two capitals, and a nested type after it if there is one.
   */
  private static final Pattern CLASS_NAME =
      Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:\\.\\w+)?`");

  private static final boolean UPDATE = System.getProperty("facet.update") != null;

  @Test
  void every_block_has_a_known_marker() throws IOException {
    assertNoFaults(DocumentRules::markers);
  }

  @Test
  void every_program_is_run_by_a_test() throws IOException {
    assertNoFaults(DocumentRules::programs);
  }

  @Test
  void the_command_line_accepts_every_command() throws IOException {
    assertNoFaults(DocumentRules::commands);
  }

  @Test
  void commands_that_need_AWS_and_their_settings_are_known() throws IOException {
    assertNoFaults(DocumentRules::deployments);
  }

  @Test
  void Maven_commands_name_modules_of_the_build() throws IOException {
    assertNoFaults(DocumentRules::modules);
  }

  @Test
  void CI_runs_the_commands_of_ci_blocks() throws IOException {
    assertNoFaults(DocumentRules::continuousIntegration);
  }

  @Test
  void links_lead_to_files_and_headings() throws IOException {
    assertNoFaults(DocumentRules::links);
  }

  @Test
  void generated_tables_are_those_of_the_commands() throws IOException {
    int tables = 0;
    for (MarkdownDocument document : MarkdownDocument.all()) {
      MarkdownDocument updated = document;
      for (Generated section : document.generated()) {
        assertThat(section.generator())
            .as("generator in %s", document.file())
            .isEqualTo("commands");
        String table = CommandTables.table(section.arguments().toArray(String[]::new));
        if (!UPDATE) {
          assertThat(section.text())
              .as("table in %s; the property facet.update rewrites it", document.file())
              .isEqualTo(table);
        }
        updated = updated.with(section, table);
        tables++;
      }
      if (!updated.equals(document)) {
        Files.writeString(MarkdownDocument.ROOT.resolve(document.file()), updated.text());
      }
    }
    assertThat(tables).isPositive();
  }

  @Test
  void classes_that_the_architecture_names_exist() throws IOException {
    Set<String> types;
    try (Stream<Path> files = Files.walk(MarkdownDocument.ROOT)) {
      types =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    for (String document : List.of("docs/architecture.md", "CONTRIBUTING.md")) {
      String text =
          MarkdownDocument.read(Path.of(document))
              .text()
              .lines()
              .filter(line -> !line.startsWith("| stack outputs"))
              .collect(Collectors.joining("\n"));
      assertThat(CLASS_NAME.matcher(text).results().map(name -> name.group(1)))
          .as(document)
          .isNotEmpty()
          .allMatch(name -> types.contains(name) || name.equals("TransactWriteItems"));
    }
  }

  @Test
  void the_README_is_short() throws IOException {
    assertThat(MarkdownDocument.read(Path.of("README.md")).text().lines().count())
        .isLessThanOrEqualTo(MAX_README_LINES);
  }

  private static void assertNoFaults(BiFunction<DocumentRules, MarkdownDocument, List<String>> rule)
      throws IOException {
    DocumentRules rules = new DocumentRules(MarkdownDocument.ROOT, CommandTables.root());
    List<String> faults = new ArrayList<>();
    for (MarkdownDocument document : MarkdownDocument.all()) {
      faults.addAll(rule.apply(rules, document));
    }
    assertThat(faults).isEmpty();
  }
}
