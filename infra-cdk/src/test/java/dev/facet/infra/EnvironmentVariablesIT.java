package dev.facet.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The names of all environment variables, as {@code environment.txt} lists them: those that each
 * function gets, by default or with every option in use ({@link ParityIT} compares template.yaml
 * with that), and those that the sources of the functions name.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EnvironmentVariablesIT {

  private static final String READ = "(read)";
  private static final Pattern LITERAL = Pattern.compile("\"((?:FACET|AWS_LAMBDA)_[A-Z_]+)\"");

  @Test
  void names_are_those_on_record() throws IOException {
    Map<String, Set<String>> names = new TreeMap<>();
    for (Synthesis synthesis : List.of(Synthesis.ofDefaults(), Synthesis.ofEverything())) {
      for (JsonNode function : synthesis.functions()) {
        Set<String> variables = names.computeIfAbsent(name(function), name -> new TreeSet<>());
        function.at("/Environment/Variables").fieldNames().forEachRemaining(variables::add);
      }
    }
    names.put(READ, read());

    List<String> lines =
        names.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + String.join(" ", entry.getValue()))
            .toList();
    assertThat(lines).isEqualTo(onRecord());
  }

  private static String name(JsonNode function) {
    String handler = function.path("Handler").asText();
    return handler.isEmpty() ? "FaceHandler" : handler.substring(handler.lastIndexOf('.') + 1);
  }

  /** The names in the sources of everything that is deployed. */
  private static Set<String> read() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String module : List.of("layers", "functions")) {
      List<Path> sources;
      try (Stream<Path> files = Files.walk(Synthesis.ROOT.resolve(module))) {
        sources =
            files
                .filter(file -> file.toString().contains("/src/main/java/"))
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
      }
      for (Path source : sources) {
        Matcher literal = LITERAL.matcher(Files.readString(source));
        while (literal.find()) {
          names.add(literal.group(1));
        }
      }
    }
    return names;
  }

  private static List<String> onRecord() throws IOException {
    try (InputStream in = EnvironmentVariablesIT.class.getResourceAsStream("environment.txt")) {
      return new String(requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
    }
  }
}
