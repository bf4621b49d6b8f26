package dev.facet.vision;

import dev.facet.core.faces.Point;
import org.bytedeco.opencv.opencv_core.Mat;

/** A part of a photo as input of a network. */
interface NetworkInput {

  /** Returns its pixels at the given size: 8-bit blue, green, red. The caller closes them. */
  Mat resized(int columns, int rows);

  /** Converts a position, given as fractions of the sides, to pixels of the full upright image. */
  Point toImage(double acrossFraction, double downFraction);
}
