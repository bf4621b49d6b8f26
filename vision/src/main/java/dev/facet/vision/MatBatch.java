package dev.facet.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A list of pictures in native memory that are closed together.
 *
 * @param mats in order
 */
record MatBatch(List<Mat> mats) implements AutoCloseable {

  /** Creates a picture of each item; if one fails, closes the previous ones and rethrows. */
  static <T> MatBatch of(List<T> things, Function<T, Mat> picture) {
    MatBatch pictures = new MatBatch(new ArrayList<>(things.size()));
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
