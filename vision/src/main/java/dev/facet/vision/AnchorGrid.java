package dev.facet.vision;

import dev.facet.core.bundle.Anchors;
import java.util.ArrayList;
import java.util.List;

/**
 * The anchor grid of one canvas size, which decodes a detector's output into boxes.
 *
 * @param anchors from the manifest
 * @param width columns of the canvas
 * @param height rows of the canvas
 */
record AnchorGrid(Anchors anchors, int width, int height) {

  /**
   * Returns the detections in an output, in pixels of the canvas, before non-maximum suppression.
   *
   * @param scores alternately the background's and the face's, two numbers an anchor
   * @param regressions four numbers an anchor: offsets of the centre and the size
   * @param minScore the minimum score of a face
   * @param maxAnchor the size of the maxAnchor anchor to decode, in pixels
   */
  List<Detection> decode(float[] scores, float[] regressions, double minScore, int maxAnchor) {
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
          if (score >= minScore && size <= maxAnchor) {
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
