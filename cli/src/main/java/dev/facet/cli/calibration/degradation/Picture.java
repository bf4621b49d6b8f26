package dev.facet.cli.calibration.degradation;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture on the heap.
 *
 * @param width columns
 * @param height rows
 * @param samples blue, green and red of each pixel, row by row; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // pictures are never compared
record Picture(int width, int height, byte[] samples) {

  /** Number of samples per pixel. */
  static final int CHANNELS = 3;

  /** Computes the value 0..255 of one sample of a picture; other values are clamped. */
  interface Samples {
    double at(int x, int y, int channel);
  }

  /** Computes the position in a picture from which a pixel is taken. */
  interface Source {
    double[] of(double x, double y);
  }

  /** Fills a new native picture; it may set its size. */
  interface Filter {
    void apply(Mat from, Mat to);
  }

  Picture {
    if (samples.length != width * height * CHANNELS) {
      throw new IllegalArgumentException("a picture has three samples per pixel");
    }
  }

  /** Copies a native picture of 8-bit blue, green, red. */
  static Picture of(Mat mat) {
    try (Mat whole = mat.clone()) {
      byte[] samples = new byte[whole.cols() * whole.rows() * CHANNELS];
      whole.data().capacity(samples.length).get(samples);
      return new Picture(whole.cols(), whole.rows(), samples);
    }
  }

  /** Returns a picture with computed samples. */
  static Picture computed(int width, int height, Samples samples) {
    byte[] computed = new byte[width * height * CHANNELS];
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          computed[i++] = (byte) Math.round(Math.clamp(samples.at(x, y, channel), 0, 255));
        }
      }
    }
    return new Picture(width, height, computed);
  }

  /** Returns a sample, 0..255. */
  int at(int x, int y, int channel) {
    return samples[(y * width + x) * CHANNELS + channel] & 0xff;
  }

  /** Returns a sample, 0..255; beyond the border, that of the nearest pixel. */
  int near(int x, int y, int channel) {
    return at(Math.clamp(x, 0, width - 1), Math.clamp(y, 0, height - 1), channel);
  }

  /** Returns the luminance of a pixel, 0..255 (ITU-R BT.601). */
  double luminance(int x, int y) {
    return 0.114 * at(x, y, 0) + 0.587 * at(x, y, 1) + 0.299 * at(x, y, 2);
  }

  /** Returns a picture of the same size with computed samples. */
  Picture with(Samples computed) {
    return computed(width, height, computed);
  }

  /**
   * Returns a picture whose pixels are interpolated at other positions; black beyond the border.
   */
  Picture warped(int columns, int rows, Source source) {
    byte[] result = new byte[columns * rows * CHANNELS];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double[] from = source.of(x, y);
        for (int channel = 0; channel < CHANNELS; channel++) {
          result[(y * columns + x) * CHANNELS + channel] =
              (byte) Math.round(interpolated(from[0], from[1], channel));
        }
      }
    }
    return new Picture(columns, rows, result);
  }

  private double interpolated(double x, double y, int channel) {
    if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) {
      return 0;
    }
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double across = x - left;
    double down = y - top;
    double upper = (1 - across) * near(left, top, channel) + across * near(left + 1, top, channel);
    double lower =
        (1 - across) * near(left, top + 1, channel) + across * near(left + 1, top + 1, channel);
    return (1 - down) * upper + down * lower;
  }

  /** Returns the part from (left, top); it is clipped to the picture. */
  Picture part(int left, int top, int columns, int rows) {
    int x0 = Math.clamp(left, 0, width - 1);
    int y0 = Math.clamp(top, 0, height - 1);
    return computed(
        Math.clamp(columns, 1, width - x0),
        Math.clamp(rows, 1, height - y0),
        (x, y, channel) -> at(x0 + x, y0 + y, channel));
  }

  /** Returns a copy with something drawn on it, with smooth edges. */
  Picture drawn(Consumer<Graphics2D> drawing) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(samples, 0, pixels, 0, pixels.length);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    drawing.accept(canvas);
    canvas.dispose();
    return new Picture(width, height, pixels);
  }

  /** Returns the result of an OpenCV filter. */
  Picture filtered(Filter filter) {
    try (Mat from = mat();
        Mat to = new Mat()) {
      filter.apply(from, to);
      return of(to);
    }
  }

  /** Returns the picture after it was encoded with loss and decoded again. */
  Picture compressed(String extension, int flag, int quality) {
    try (BytePointer file = encoded(extension, flag, quality);
        Mat encoded =
            new Mat(1, (int) file.limit(), org.bytedeco.opencv.global.opencv_core.CV_8U, file);
        Mat decoded = imdecode(encoded, IMREAD_COLOR)) {
      return of(decoded);
    }
  }

  /** Returns the picture as a BMP file, which takes the least time to write and to read. */
  byte[] bmp() {
    try (BytePointer file = encoded(".bmp")) {
      byte[] bytes = new byte[(int) file.limit()];
      file.get(bytes);
      return bytes;
    }
  }

  private BytePointer encoded(String extension, int... flags) {
    BytePointer file = new BytePointer();
    try (Mat mat = mat();
        IntPointer parameters = new IntPointer(flags)) {
      if (!imencode(extension, mat, file, parameters)) {
        throw new IllegalStateException("OpenCV can't write " + extension);
      }
    }
    return file;
  }

  private Mat mat() {
    Mat mat = new Mat(height, width, CV_8UC3);
    mat.data().capacity(samples.length).put(samples);
    return mat;
  }
}
