package dev.facet.cli.calibration;

import java.util.List;

/**
 * What was calibrated, for those who read the result.
 *
 * @param bundle id of the model bundle
 * @param origin what the photos are called
 * @param people with at least one usable photo
 * @param skipped the photos that could not be used
 */
record Survey(String bundle, String origin, List<Person> people, List<Skipped> skipped) {

  Survey {
    people = people.stream().filter(person -> !person.photos().isEmpty()).toList();
    skipped = List.copyOf(skipped);
  }

  /**
   * A photo that could not be used.
   *
   * @param photo folder and file
   * @param reason why not
   */
  record Skipped(String photo, String reason) {}

  /** How many photos were used. */
  int photos() {
    return people.stream().mapToInt(person -> person.photos().size()).sum();
  }
}
