package dev.facet.cli.calibration;

import java.util.List;

/**
 * The data set of a calibration, for its reports.
 *
 * @param bundle the id of the model bundle
 * @param origin the name of the photo set
 * @param people the people with at least one usable photo
 * @param skipped the unusable photos
 */
record PhotoSet(String bundle, String origin, List<PhotoSubject> people, List<Skipped> skipped) {

  PhotoSet {
    people = people.stream().filter(person -> !person.photos().isEmpty()).toList();
    skipped = List.copyOf(skipped);
  }

  /**
   * An unusable photo.
   *
   * @param photo folder and file name
   * @param reason the reason why it is unusable
   */
  record Skipped(String photo, String reason) {}

  /** Returns the number of usable photos. */
  int photos() {
    return people.stream().mapToInt(person -> person.photos().size()).sum();
  }
}
