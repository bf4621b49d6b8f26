package dev.facet.benchmarks.peers;

import java.util.List;

/**
 * The detection parameters of a photo, so that all peers with the same detector work alike.
 *
 * @param reduction the factor by which decoding reduces the photo: 1, 2 or 4
 * @param scales the detector's inputs
 * @param score the minimum probability of a face
 * @param overlap the IoU threshold of non-maximum suppression
 */
public record DetectionPlan(int reduction, List<Scale> scales, double score, double overlap) {

  /** Copies the list. */
  public DetectionPlan {
    scales = List.copyOf(scales);
  }

  /**
   * One pass of the detector over the photo.
   *
   * @param columns columns of the resized photo
   * @param rows rows of the resized photo
   * @param width columns of the canvas, which holds the photo in its upper left corner; the rest is
   *     grey
   * @param height rows of the canvas
   * @param levels the detector's anchor levels in use, 0 the finest
   */
  public record Scale(int columns, int rows, int width, int height, List<Integer> levels) {
    /** Copies the list. */
    public Scale {
      levels = List.copyOf(levels);
    }
  }
}
