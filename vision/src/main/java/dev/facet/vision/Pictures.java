package dev.facet.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Pictures in native memory, closed together.
 *
 * @param mats in order
 */
record Pictures(List<Mat> mats) implements AutoCloseable {

  /** A picture of each of some things; if one can't be made, those before it are closed. */
  static <T> Pictures of(List<T> things, Function<T, Mat> picture) {
    Pictures pictures = new Pictures(new ArrayList<>(things.size()));
    try {
      things.forEach(thing -> pictures.mats.add(picture.apply(thing)));
      return pictures;
    } catch (RuntimeException e) {
      pictures.close();
      throw e;
    }
  }

  @Override
  public void close() {
    mats.forEach(Mat::close);
  }
}
