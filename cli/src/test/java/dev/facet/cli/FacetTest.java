package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.client.FacetClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The root of all commands, and the commands of other modules that it adds. */
class FacetTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void the_scripts_help_is_the_roots_help() throws Exception {
    Process script =
        new ProcessBuilder(
                "bash", Path.of(System.getProperty("facet.root"), "facet").toString(), "help")
            .start();
    String shown = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor()).isZero();
    assertThat(shown)
        .as("help() in the script 'facet' must print the text that the root prints")
        .isEqualTo(commandLine().getUsageMessage());
  }

  @Test
  void help_is_printed_without_the_script_too() {
    assertThat(run("help")).isZero();
    assertThat(out.toString()).isEqualTo(commandLine().getUsageMessage());
    out.getBuffer().setLength(0);
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).isEqualTo(commandLine().getUsageMessage());
  }

  @Test
  void help_lists_every_command_once() {
    CommandLine root = commandLine();
    List<String> listed =
        root.getUsageMessage()
            .lines()
            .filter(line -> line.startsWith("  "))
            .map(line -> line.strip().split(" ", 2)[0])
            .toList();
    assertThat(listed)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(root.getSubcommands().keySet()));
  }

  @Test
  void administration_is_executed_on_its_data_folder() throws IOException {
    String data = folder.toString();
    assertThat(run("plans", "create", "--rate=5", "--burst=7", "--name=gold", "--data", data))
        .isZero();
    out.getBuffer().setLength(0);
    assertThat(run("plans", "--data", data, "list")).isZero();
    assertThat(out.toString()).contains("gold");
  }

  @Test
  void a_fault_of_administration_is_one_line() {
    assertThat(run("plans", "show", "nothing", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).containsExactly("facet: There is no usage plan nothing.");
  }

  @Test
  void usage_of_a_command_of_another_module_names_the_root() {
    assertThat(run("serve", "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: facet serve [-hV]");
    assertThat(run("keys", "rotate")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("Missing required parameter: 'ID'")
        .contains("Usage: facet keys rotate [-hV] [--json]");
  }

  @Test
  void an_unknown_command_is_a_mistake_of_usage() {
    assertThat(run("serv")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Unmatched argument at index 0: 'serv'", "Did you mean: facet serve");
  }

  @Test
  void a_defect_keeps_its_stack_trace() {
    assertThat(run("embed", "pom.xml", "--bundle", "x")).isEqualTo(1);
    assertThat(err.toString()).contains("IllegalStateException: no extractor", "FacetTest");
  }

  private int run(String... arguments) {
    return facet().execute(arguments);
  }

  private CommandLine commandLine() {
    return facet().commandLine();
  }

  private Facet facet() {
    return new Facet(
        bundle -> {
          throw new IllegalStateException("no extractor");
        },
        FacetClient::new,
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }
}
