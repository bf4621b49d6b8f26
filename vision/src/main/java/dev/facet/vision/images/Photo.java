package dev.facet.vision.images;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An upright photo in native memory, maybe at a fraction of its resolution.
 *
 * @param pixels 8-bit blue, green, red
 * @param width columns of the upright image at full resolution
 * @param height rows of it
 */
public record Photo(Mat pixels, int width, int height) implements AutoCloseable {

  /** The longer side of the full image. */
  public int longSide() {
    return Math.max(width, height);
  }

  /** How many pixels of the full upright image one column of {@link #pixels} stands for. */
  public double scaleX() {
    return (double) width / pixels.cols();
  }

  /** How many pixels of the full upright image one row of {@link #pixels} stands for. */
  public double scaleY() {
    return (double) height / pixels.rows();
  }

  @Override
  public void close() {
    pixels.close();
  }
}
