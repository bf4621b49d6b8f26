package dev.facet.vision;

import dev.facet.core.faces.Point;
import org.bytedeco.opencv.opencv_core.Mat;

/** A part of a photo, as it is shown to a network. */
interface View {

  /** What is in it, at a size of one's choice: 8-bit blue, green, red. The caller closes it. */
  Mat resized(int columns, int rows);

  /** A position in it, as fractions of its sides, in pixels of the full upright image. */
  Point toImage(double acrossFraction, double downFraction);
}
