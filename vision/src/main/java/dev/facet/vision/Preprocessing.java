package dev.facet.vision;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_MAKETYPE;
import static org.bytedeco.opencv.global.opencv_core.LUT;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.facet.core.bundle.Net;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Converts pixels to a network's input values: each channel minus its offset, times its scale. */
interface Preprocessing {

  /**
   * Writes the input values of the given pixels.
   *
   * @param pixels 8-bit blue, green, red, or grey
   * @param to a matrix of floats of the same size, written in place
   */
  void apply(Mat pixels, Mat to);

  /** Returns the normalisation that a network's manifest specifies. */
  static Preprocessing of(Net.Input input) {
    Preprocessing scaled =
        isUniform(input.offset()) && isUniform(input.scale())
            ? uniform(input.offset().getFirst(), input.scale().getFirst())
            : byTable(table(input));
    return input.colours() == Net.Colours.RGB ? redFirst(scaled) : scaled;
  }

  private static boolean isUniform(List<Double> values) {
    return values.stream().distinct().count() == 1;
  }

  private static Preprocessing uniform(double offset, double scale) {
    return (pixels, to) -> pixels.convertTo(to, CV_32F, scale, -offset * scale);
  }

  private static Preprocessing byTable(Mat table) {
    return (pixels, to) -> LUT(pixels, table, to);
  }

  /** Returns a lookup table with the input value of each of the 256 levels in each channel. */
  private static Mat table(Net.Input input) {
    int channels = input.colours().channels();
    Mat table = new Mat(1, 256, CV_MAKETYPE(CV_32F, channels));
    FloatBuffer numbers = table.createBuffer();
    for (int level = 0; level < 256; level++) {
      for (int c = 0; c < channels; c++) {
        numbers.put((float) ((level - input.offset().get(c)) * input.scale().get(c)));
      }
    }
    return table;
  }

  private static Preprocessing redFirst(Preprocessing then) {
    return (pixels, to) -> {
      try (Mat swapped = new Mat()) {
        cvtColor(pixels, swapped, COLOR_BGR2RGB);
        then.apply(swapped, to);
      }
    };
  }
}
