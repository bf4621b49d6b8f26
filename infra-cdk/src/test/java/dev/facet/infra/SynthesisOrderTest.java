package dev.facet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The order of {@code Map.of} and {@code Set.of} differs between processes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SynthesisOrderTest {

  private static final Path SOURCES =
      Path.of(System.getProperty("facet.root"), "infra-cdk/src/main/java");

  /** A map of several entries that nothing sorts; a constant that is only asked is no such map. */
  private static final Pattern UNSORTED = Pattern.compile("(?<!new TreeMap<>\\()\\bMap\\.of\\(");

  @Test
  void no_template_depends_on_the_order_of_a_map() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .flatMap(SynthesisOrderTest::unsorted))
          .isEmpty();
    }
  }

  private static Stream<String> unsorted(Path file) {
    String source = read(file).replaceAll("(?<=new TreeMap<>\\()\\s+", "");
    List<Integer> starts = UNSORTED.matcher(source).results().map(MatchResult::end).toList();
    return starts.stream()
        .filter(start -> commas(source, start) > 1)
        .map(start -> file.getFileName() + ": " + source.substring(start - 7, start + 40));
  }

  /** Returns the number of commas between the arguments that begin here. */
  private static int commas(String source, int start) {
    int depth = 0;
    int commas = 0;
    for (int i = start; depth >= 0; i++) {
      switch (source.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> commas += depth == 0 ? 1 : 0;
        default -> {}
      }
    }
    return commas;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
