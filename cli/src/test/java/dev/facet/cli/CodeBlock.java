package dev.facet.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fenced code block of a document.
 *
 * @param line the number of its first fence
 * @param info the text after the first fence: a language and a marker
 */
record CodeBlock(int line, String info, List<String> lines) {

  /** Names the check of a block. */
  enum Marker {
    /** A test runs it. */
    RUN,
    /** CI runs it. */
    CI,
    /** It needs an AWS account; its commands are parsed. */
    NEEDS_AWS,
    /** The output of the block before; {@code …} stands for any text. */
    OUTPUT,
    /** A diagram. */
    DRAWING
  }

  private static final Map<String, Marker> MARKERS =
      Map.of(
          "sh run", Marker.RUN,
          "js run", Marker.RUN,
          "java run", Marker.RUN,
          "sh ci", Marker.CI,
          "sh needs-aws", Marker.NEEDS_AWS,
          "text output", Marker.OUTPUT,
          "json output", Marker.OUTPUT,
          "mermaid drawing", Marker.DRAWING);

  CodeBlock {
    lines = List.copyOf(lines);
  }

  /** Returns the marker; empty if the info text is not a known one. */
  Optional<Marker> marker() {
    return Optional.ofNullable(MARKERS.get(info));
  }

  boolean is(Marker marker) {
    return marker().filter(marker::equals).isPresent();
  }

  /** Returns whether it consists of shell commands. */
  boolean isShell() {
    return info.startsWith("sh ");
  }

  /** Returns the file name in the first line of a program; empty if there is none. */
  Optional<String> program() {
    return lines.stream()
        .findFirst()
        .filter(first -> first.matches("// [A-Za-z]+\\.(mjs|java)"))
        .map(first -> first.substring(3));
  }

  /**
   * Returns whether an output is the one that this block shows, trailing blank lines aside. {@code
   * …} stands for any text within a line; alone in a line it stands for one or more lines.
   */
  boolean isOutput(String output) {
    String pattern =
        lines.stream()
            .map(
                line ->
                    line.equals("…")
                        ? "(?s:.*)"
                        : Stream.of(line.split("…", -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining("[^\n]*")))
            .collect(Collectors.joining("\n"));
    return Pattern.matches(pattern, output.stripTrailing());
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }
}
