package dev.facet.vision;

import dev.facet.core.bundle.Anchors;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a detector's answer for one canvas size: which anchors show a face, and where.
 *
 * @param anchors the manifest's
 * @param width columns of the canvas
 * @param height rows of the canvas
 */
record AnchorGrid(Anchors anchors, int width, int height) {

  /**
   * The faces in an answer, in pixels of the canvas.
   *
   * @param scores background and face in turn
   * @param regressions four numbers an anchor
   * @param least the least score of a face
   * @param largest the largest anchor that counts, in pixels
   */
  List<Detection> faces(float[] scores, float[] regressions, double least, int largest) {
    List<Detection> faces = new ArrayList<>();
    int anchor = 0;
    for (int level = 0; level < anchors.steps().size(); level++) {
      int step = anchors.steps().get(level);
      List<Integer> sizes = anchors.minSizes().get(level);
      int columns = Math.ceilDiv(width, step);
      int cells = columns * Math.ceilDiv(height, step);
      for (int cell = 0; cell < cells; cell++) {
        for (int size : sizes) {
          float score = scores[2 * anchor + 1];
          if (score >= least && size <= largest) {
            double x = (cell % columns + 0.5) * step;
            double y = (Math.floorDiv(cell, columns) + 0.5) * step;
            faces.add(decoded(regressions, 4 * anchor, x, y, size, score));
          }
          anchor++;
        }
      }
    }
    return faces;
  }

  private Detection decoded(float[] raw, int at, double x, double y, int size, double score) {
    double centreX = x + raw[at] * anchors.centreVariance() * size;
    double centreY = y + raw[at + 1] * anchors.centreVariance() * size;
    double halfWidth = size * Math.exp(raw[at + 2] * anchors.sizeVariance()) / 2;
    double halfHeight = size * Math.exp(raw[at + 3] * anchors.sizeVariance()) / 2;
    return new Detection(
        centreX - halfWidth,
        centreY - halfHeight,
        centreX + halfWidth,
        centreY + halfHeight,
        score);
  }
}
