package dev.facet.benchmarks.peers;

import java.util.List;

/**
 * How a photo is searched for faces, so that all who run the same detector search alike.
 *
 * @param reduction how many times smaller the photo is decoded: 1, 2 or 4
 * @param scales the pictures that the detector sees
 * @param score the least probability of a face
 * @param overlap intersection over union from which on two boxes are one face
 */
public record Plan(int reduction, List<Scale> scales, double score, double overlap) {

  /** Copies the list. */
  public Plan {
    scales = List.copyOf(scales);
  }

  /**
   * One look at the photo.
   *
   * @param columns that it is resized to
   * @param rows that it is resized to
   * @param width columns of the canvas in whose upper left corner it lies; the rest is grey
   * @param height rows of the canvas
   * @param levels the detector's anchor levels that count, 0 the finest
   */
  public record Scale(int columns, int rows, int width, int height, List<Integer> levels) {
    /** Copies the list. */
    public Scale {
      levels = List.copyOf(levels);
    }
  }
}
