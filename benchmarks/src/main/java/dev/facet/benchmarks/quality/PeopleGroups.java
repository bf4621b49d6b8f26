package dev.facet.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Labels of people, in the file {@code groups.csv} beside their folders: {@code person,group}. */
final class PeopleGroups {

  private static final String FILE = "groups.csv";

  private PeopleGroups() {}

  /** Reads the labels; empty if there is no file. */
  static Map<String, String> read(Path people) throws IOException {
    Path file = people.resolve(FILE);
    if (!Files.exists(file)) {
      return Map.of();
    }
    return Files.readAllLines(file).stream()
        .map(line -> line.split(",", 2))
        .filter(cells -> cells.length == 2)
        .collect(Collectors.toMap(cells -> cells[0].strip(), cells -> cells[1].strip()));
  }
}
