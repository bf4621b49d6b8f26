package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.embeddings.MatchingRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FunctionEnvironmentTest {

  private static final Path ROOT = Path.of(System.getProperty("facet.root"));
  private static final String OWNER = FunctionEnvironment.class.getSimpleName() + ".java";

  /** Reads a variable of the caller's shell, not of a function. */
  private static final String COMMAND = "DoctorCommand.java";

  private static final Pattern NAME = Pattern.compile("\\bFACET_[A-Z_]+");

  @Test
  void no_other_source_spells_the_name_of_a_variable() throws IOException {
    List<String> spelled =
        mainSources()
            .filter(file -> !file.endsWith(OWNER) && !file.endsWith(COMMAND))
            .flatMap(this::names)
            .toList();

    assertThat(spelled).isEmpty();
    assertThat(mainSources().filter(file -> file.endsWith(OWNER)).flatMap(this::names))
        .hasSizeGreaterThan(10);
  }

  @Test
  void a_missing_variable_is_named() {
    FunctionEnvironment environment =
        new FunctionEnvironment(Map.of(FunctionEnvironment.DATA_TABLE, "data"));

    assertThatThrownBy(environment::tables)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the function's environment lacks FACET_KEYS_TABLE");
  }

  @Test
  void variables_with_defaults_may_be_absent() {
    FunctionEnvironment environment = new FunctionEnvironment(Map.of());

    assertThat(environment.allowOrigins()).isEqualTo("*");
    assertThat(environment.encryptionFloor()).isZero();
    assertThat(environment.maxTemplates()).isEqualTo(40_000);
    assertThat(environment.idPrefix()).isEqualTo("necidguid-");
    assertThat(environment.matching()).isEqualTo(MatchingRules.DEFAULT);
    assertThat(environment.service()).isEqualTo("Facet");
  }

  @Test
  void bundles_are_a_list_or_the_only_one_of_an_older_deployment() {
    assertThat(
            new FunctionEnvironment(
                    Map.of("FACET_BUNDLES", "/bundles/new, /bundles/old", "FACET_BUNDLE", "/other"))
                .bundles())
        .containsExactly(Path.of("/bundles/new"), Path.of("/bundles/old"));
    assertThat(new FunctionEnvironment(Map.of("FACET_BUNDLE", "/bundle")).bundles())
        .containsExactly(Path.of("/bundle"));
  }

  private Stream<Path> mainSources() throws IOException {
    try (Stream<Path> files =
        Files.find(
            ROOT,
            20,
            (file, attributes) ->
                attributes.isRegularFile()
                    && file.toString().endsWith(".java")
                    && file.toString().contains("/src/main/java/"))) {
      return files.toList().stream();
    }
  }

  private Stream<String> names(Path file) {
    try {
      return NAME.matcher(Files.readString(file))
          .results()
          .map(found -> ROOT.relativize(file) + ": " + found.group());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
