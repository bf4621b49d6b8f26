package dev.facet.vision;

import dev.facet.core.faces.Box;

/** Computes the boxes of a face and its head, clipped to the image. */
final class FaceBoxes {

  /**
   * Head beyond the face, as shares of its sides: hair above the forehead, ears and hair beside.
   */
  private static final double ABOVE_FACE = 0.38;

  private static final double BESIDE_FACE = 0.28;
  private static final double BELOW_FACE = 0.08;

  private FaceBoxes() {}

  /** Returns the face's box, from forehead to chin. */
  static Box face(Detection face, int width, int height) {
    return within(face.left(), face.top(), face.right(), face.bottom(), width, height);
  }

  /** Returns the whole head's box. */
  static Box head(Detection face, int width, int height) {
    double aside = BESIDE_FACE * face.width();
    return within(
        face.left() - aside,
        face.top() - ABOVE_FACE * face.height(),
        face.right() + aside,
        face.bottom() + BELOW_FACE * face.height(),
        width,
        height);
  }

  private static Box within(
      double left, double top, double right, double bottom, int width, int height) {
    int x = Math.clamp(Math.round(left), 0, width - 1);
    int y = Math.clamp(Math.round(top), 0, height - 1);
    return new Box(
        x,
        y,
        Math.clamp(Math.round(right), x + 1, width),
        Math.clamp(Math.round(bottom), y + 1, height));
  }
}
