package dev.facet.face.memory;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2BGRA;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Writes the largest pictures that are accepted in each format: a photo of faces in a plain field.
 */
final class LargestFiles {

  /** 50 megapixels. */
  private static final Size WHOLE = new Size(8160, 6120);

  /** 37 megapixels: 12 bytes each while decoding. */
  private static final Size OF_12_BYTES = new Size(7060, 5300);

  /** 41 megapixels: 11 bytes each while decoding. */
  private static final Size OF_11_BYTES = new Size(7400, 5520);

  private static final int CLEAR = 128;

  private final Path folder;
  private final Path photo;

  private record Size(int width, int height) {}

  /**
   * @param folder where the files are written
   * @param photo a photo of faces
   */
  LargestFiles(Path folder, Path photo) {
    this.folder = folder;
    this.photo = photo;
  }

  /** Writes a file of each kind. */
  List<Path> all() {
    return List.of(
        jpeg("baseline.jpg", 0, 1),
        jpeg("baseline-turned.jpg", 0, 6),
        jpeg("progressive.jpg", 1, 1),
        jpeg("progressive-turned.jpg", 1, 6),
        png("grey-16.png", WHOLE, 1, 16),
        png("rgb-8.png", WHOLE, 3, 8),
        png("rgb-16.png", WHOLE, 3, 16),
        png("rgba-8.png", WHOLE, 4, 8),
        png("rgba-16.png", OF_11_BYTES, 4, 16),
        palette(),
        webp("lossy.webp", 3, 90),
        webp("lossy-alpha.webp", 4, 90),
        webp("lossless.webp", 3, 101),
        webp("lossless-alpha.webp", 4, 101),
        write("animation.gif", ".gif", picture(OF_12_BYTES)),
        runs());
  }

  private Path jpeg(String name, int progressive, int orientation) {
    Path file =
        write(
            name,
            ".jpg",
            picture(WHOLE),
            IMWRITE_JPEG_QUALITY,
            90,
            IMWRITE_JPEG_PROGRESSIVE,
            progressive,
            IMWRITE_JPEG_SAMPLING_FACTOR,
            IMWRITE_JPEG_SAMPLING_FACTOR_444);
    byte[] jpeg = read(file);
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteBuffer turned = ByteBuffer.allocate(jpeg.length + exif.length);
    turned.put(jpeg, 0, 2).put(exif).put(jpeg, 2, jpeg.length - 2);
    return write(file, turned.array());
  }

  private Path png(String name, Size size, int channels, int depth) {
    return write(name, ".png", pixels(size, channels, depth));
  }

  private Path webp(String name, int channels, int quality) {
    return write(name, ".webp", pixels(WHOLE, channels, 8), IMWRITE_WEBP_QUALITY, quality);
  }

  /** A PNG of 256 colours, one of them transparent. */
  private Path palette() {
    byte[] levels = new byte[256];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) i;
    }
    IndexColorModel colours = new IndexColorModel(8, 256, levels, levels, levels, CLEAR);
    BufferedImage image =
        new BufferedImage(WHOLE.width(), WHOLE.height(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    byte[] row = new byte[WHOLE.width()];
    try (Mat grey = pixels(WHOLE, 1, 8)) {
      for (int y = 0; y < WHOLE.height(); y++) {
        grey.ptr(y).get(row);
        image.getRaster().setDataElements(0, y, WHOLE.width(), 1, row);
      }
    }
    Path file = folder.resolve("palette-clear.png");
    try {
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A bitmap of runs, which no payload limit bounds: all pixels of a row in runs of 255. */
  private Path runs() {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int y = 0; y < WHOLE.height(); y++) {
      for (int left = WHOLE.width(); left > 0; left -= 255) {
        rows.write(Math.min(255, left));
        rows.write(y & 0xFF);
      }
      rows.write(0);
      rows.write(y == WHOLE.height() - 1 ? 1 : 0);
    }
    int start = 54 + 4 * 256;
    ByteBuffer file = ByteBuffer.allocate(start + rows.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(start);
    file.putInt(40).putInt(WHOLE.width()).putInt(WHOLE.height());
    file.putShort((short) 1).putShort((short) 8).putInt(1).putInt(rows.size());
    file.putInt(0).putInt(0).putInt(256).putInt(256);
    for (int i = 0; i < 256; i++) {
      file.putInt(i * 0x10101);
    }
    return write(folder.resolve("runs.bmp"), file.put(rows.toByteArray()).array());
  }

  private Mat picture(Size size) {
    Mat picture = new Mat(size.height(), size.width(), CV_8UC3, new Scalar(120, 110, 90, 0));
    try (Mat faces = imread(photo.toString());
        Rect middle =
            new Rect(
                (size.width() - faces.cols()) / 2,
                (size.height() - faces.rows()) / 2,
                faces.cols(),
                faces.rows());
        Mat part = new Mat(picture, middle)) {
      faces.copyTo(part);
    }
    return picture;
  }

  private Mat pixels(Size size, int channels, int depth) {
    Mat pixels = picture(size);
    if (channels == 4) {
      cvtColor(pixels, pixels, COLOR_BGR2BGRA);
      try (Mat corner = pixels.rowRange(0, 8);
          Scalar clear = new Scalar(0, 0, 0, CLEAR)) {
        corner.put(clear);
      }
    } else if (channels == 1) {
      cvtColor(pixels, pixels, COLOR_BGR2GRAY);
    }
    pixels.convertTo(pixels, depth == 16 ? CV_16U : CV_8U, depth == 16 ? 257 : 1, 0);
    return pixels;
  }

  private Path write(String name, String format, Mat pixels, int... settings) {
    try (pixels;
        BytePointer encoded = new BytePointer()) {
      imencode(format, pixels, encoded, new IntPointer(settings));
      byte[] bytes = new byte[(int) encoded.limit()];
      encoded.get(bytes);
      return write(folder.resolve(name), bytes);
    }
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
