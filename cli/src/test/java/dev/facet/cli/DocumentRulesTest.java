package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule for documents finds the faults that it is there for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentRulesTest {

  private final DocumentRules rules =
      new DocumentRules(MarkdownDocument.ROOT, CommandTables.root());

  @ParameterizedTest
  @ValueSource(strings = {"```sh\nls\n```\n", "```\nls\n```\n", "~~~sh walk\nls\n~~~\n"})
  void a_block_without_a_marker_is_found(String text) {
    assertThat(rules.markers(document("# Title\n\n" + text)))
        .singleElement()
        .asString()
        .startsWith("docs/page.md:3: ```")
        .contains("is no known marker");
  }

  @Test
  void an_output_without_a_command_is_found() {
    String output = "```text output\nx\n```\n";
    assertThat(rules.markers(document("```sh run\nls\n```\n" + output))).isEmpty();
    assertThat(rules.markers(document(output))).hasSize(1);
    assertThat(rules.markers(document("```sh run\nls\n```\n" + output + output))).hasSize(1);
    assertThat(rules.markers(document("```sh needs-aws\naws x\n```\n" + output))).hasSize(1);
  }

  @Test
  void a_program_without_a_name_or_a_test_is_found() {
    assertThat(rules.markers(document("```js run\nrun();\n```\n"))).hasSize(1);
    assertThat(rules.programs(document("```js run\n// walk.mjs\n```\n"))).isEmpty();
    assertThat(rules.programs(document("```js run\n// nowhere.mjs\n```\n")))
        .containsExactly("docs/page.md:1: no test runs nowhere.mjs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./facet serv",
        "./facet search anna-1.jpg --limits 3",
        "./facet search anna-1.jpg --limit many",
        "./facet verify \"$id\"",
        "./facet keys show necidguid",
        "id=$(./facet search | cut -d' ' -f1)",
        "for n in 1 2; do ./facet embed; done > out",
        "./facet test nowhere"
      })
  void a_command_that_is_refused_is_found(String command) {
    assertThat(rules.commands(document("```sh run\n" + command + "\n```\n"))).hasSize(1);
  }

  @Test
  void a_command_in_running_text_is_parsed() {
    assertThat(rules.commands(document("Use `./facet verify PHOTO`."))).hasSize(1);
    assertThat(rules.commands(document("Use `./facet keys\nrotate ID --over 1h`."))).hasSize(1);
    assertThat(rules.commands(document("Use `./facet keys rotate` or `./facet keys show ID`.")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys create", "facet serve", "verify ID PHOTO", "search anna-1.jpg"})
  void a_command_without_the_script_is_found(String command) {
    assertThat(rules.commands(document("| Use | `" + command + "` |")))
        .containsExactly("docs/page.md:1: write `./facet …` in place of `" + command + "`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "delete failed", "mvn verify", "update"})
  void a_word_of_a_command_is_no_command(String word) {
    assertThat(rules.commands(document("See `" + word + "`."))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npx cdk destory",
        "(cd nowhere && npx cdk deploy)",
        "terraform apply",
        "npx cdk deploy -c faceMemmory=4096"
      })
  void a_deployment_that_cannot_work_is_found(String command) {
    assertThat(rules.deployments(document("```sh needs-aws\n" + command + "\n```\n"))).hasSize(1);
  }

  @Test
  void a_setting_in_running_text_is_checked() {
    assertThat(rules.deployments(document("Pass `-c wafRat=1`."))).hasSize(1);
    assertThat(rules.deployments(document("Pass `-c name=value` or `-c wafRate=1`."))).isEmpty();
  }

  @Test
  void a_module_that_does_not_exist_is_found() {
    assertThat(rules.modules(document("```sh ci\nmvn -pl cli,core -am test\n```\n")))
        .containsExactly("docs/page.md:1: there is no module core");
    assertThat(rules.modules(document("Run `mvn -pl functions/v1 test`."))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mvn deploy", "./facet embed", "npm publish", "node run.mjs", "sam deploy"})
  void a_ci_command_that_CI_does_not_run_is_found(String command) {
    assertThat(rules.continuousIntegration(document("```sh ci\n" + command + "\n```\n")))
        .containsExactly("docs/page.md:1: CI does not run: " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[x](nowhere.md)",
        "[x](deploy.md#nowhere)",
        "[x](#other)",
        "[x\ny](../../outside.md)",
        "[x](#title-3)"
      })
  void a_link_that_leads_nowhere_is_found(String link) {
    assertThat(rules.links(document("# Title\n\n## Title\n\n" + link))).hasSize(1);
  }

  @Test
  void links_that_lead_somewhere_are_accepted() {
    assertThat(
            rules.links(
                document(
                    "# The `x`, y\n\n## The x, y\n\n[a](#the-x-y) [b](#the-x-y-1)"
                        + " [c](deploy.md#settings) [d](../README.md) [e](https://example.org)"
                        + " `[f](nowhere)`")))
        .isEmpty();
  }

  @Test
  void the_words_of_shell_commands_are_found() {
    assertThat(
            ShellText.commands(
                """
                # a comment
                a=1 b -c "d $(e 'f g' | h) i" > out 2>&1 # another
                for j in 1 2; do k \\
                  l; done
                """))
        .containsExactly(
            List.of("e", "f g"),
            List.of("h"),
            List.of("b", "-c", "d $(e 'f g' | h) i"),
            List.of("for", "j", "in", "1", "2"),
            List.of("k", "l"));
  }

  @Test
  void an_output_matches_but_for_its_wildcards() {
    CodeBlock block = new CodeBlock(1, "text output", List.of("id  …, 1.0", "…", "end …"));
    assertThat(block.isOutput("id  a b, 1.0\nx\ny\nend z\n")).isTrue();
    assertThat(block.isOutput("id  a b, 1.0\n\nend z")).isTrue();
    assertThat(block.isOutput("id  a b, 1x0\n\nend z")).isFalse();
    assertThat(block.isOutput("id  a\nb, 1.0\n\nend z")).isFalse();
    assertThat(block.isOutput("id  a b, 1.0\nend z")).isFalse();
    assertThat(block.isOutput("id  a b, 1.0\nx\nend z\nw")).isFalse();
  }

  private static MarkdownDocument document(String text) {
    return new MarkdownDocument(Path.of("docs/page.md"), text);
  }
}
