package dev.facet.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that fail before any part of the service is started. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ServeTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"65536", "99999", "-1"})
  void an_impossible_port_is_refused_by_name_and_range(String port) {
    assertThat(serve("--port=" + port, "--data=" + folder.resolve("data"))).isEqualTo(1);
    assertThat(message()).isEqualTo("facet: --port must be 1 to 65535, or 0 for any free port.");
  }

  @Test
  void a_data_folder_that_is_a_file_is_refused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(serve("--data=" + file)).isEqualTo(1);
    assertThat(message()).isEqualTo("facet: %s can't be used: it is not a folder.".formatted(file));
  }

  @Test
  void a_data_folder_below_a_file_is_refused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(serve("--data=" + file.resolve("data"))).isEqualTo(1);
    assertThat(message())
        .startsWith("facet: %s can't be used: ".formatted(file.resolve("data")))
        .doesNotContain("Exception");
  }

  @Test
  void a_folder_that_no_file_system_has_is_refused() {
    assertThat(serve("--data=/proc/facet")).isEqualTo(1);
    assertThat(message()).startsWith("facet: /proc/facet can't be used: ");
  }

  @ParameterizedTest
  @CsvSource({
    "--data=a\0b, is not a path",
    "--port=x, is not an int",
    "--node-auth=x, expected one of",
    "--chaos=throttle=x, shares of faults",
    "--matching=FACE3_3/face=1;x;2, a matching rule is",
    "--matching=FACE3_3/face=1, a matching rule is",
    "--encryption-floor=9, 3",
  })
  void a_wrong_option_is_refused_by_its_rule(String option, String rule) {
    assertThat(serve(option.replace(';', ','), "--data=" + folder.resolve("data"))).isNotEqualTo(0);
    assertThat(err.toString(UTF_8))
        .contains(rule)
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  private int serve(String... arguments) {
    PrintStream out = new PrintStream(PrintStream.nullOutputStream());
    return Serve.command(folder, out, new PrintStream(err, true, UTF_8)).execute(arguments);
  }

  private String message() {
    return err.toString(UTF_8).strip();
  }
}
