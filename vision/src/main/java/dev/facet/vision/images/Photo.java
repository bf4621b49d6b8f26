package dev.facet.vision.images;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An upright photo in native memory, possibly decoded at a fraction of its resolution.
 *
 * @param pixels 8-bit blue, green, red
 * @param width columns of the upright image at full resolution
 * @param height rows of the upright image at full resolution
 */
public record Photo(Mat pixels, int width, int height) implements AutoCloseable {

  /** Returns the longer side of the full image in pixels. */
  public int longSide() {
    return Math.max(width, height);
  }

  /** Returns the number of columns of the full upright image per column of {@link #pixels}. */
  public double scaleX() {
    return (double) width / pixels.cols();
  }

  /** Returns the number of rows of the full upright image per row of {@link #pixels}. */
  public double scaleY() {
    return (double) height / pixels.rows();
  }

  @Override
  public void close() {
    pixels.close();
  }
}
