package dev.facet.vision.images;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Encoded images for tests: by the JDK's encoders, and WebP, which it lacks, by OpenCV's. */
final class Encoded {

  private Encoded() {}

  /** By the JDK's encoder of a format. */
  static byte[] as(String format, BufferedImage image) {
    return written(format, List.of(new IIOImage(image, null, null)), param -> {});
  }

  /** A progressive JPEG, an interlaced PNG. */
  static byte[] progressive(String format, BufferedImage image) {
    return written(
        format,
        List.of(new IIOImage(image, null, null)),
        param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
  }

  /** An animation. */
  static byte[] gif(BufferedImage... frames) {
    return written(
        "gif",
        List.of(frames).stream().map(frame -> new IIOImage(frame, null, null)).toList(),
        param -> {});
  }

  /** A JPEG of four inks as Adobe's programs write it: inverted, 255 being no ink. */
  static byte[] cmykJpeg(BufferedImage image) {
    return adobe(0, image, rgb -> new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, 255});
  }

  /** Likewise, three inks turned into luminance and two differences of colour. */
  static byte[] ycckJpeg(BufferedImage image) {
    return adobe(2, image, Encoded::luminance);
  }

  private static int[] luminance(int rgb) {
    int cyan = 255 - (rgb >> 16 & 0xFF);
    int magenta = 255 - (rgb >> 8 & 0xFF);
    int yellow = 255 - (rgb & 0xFF);
    double luminance = 0.299 * cyan + 0.587 * magenta + 0.114 * yellow;
    return new int[] {
      (int) Math.round(luminance),
      (int) Math.round(128 + (yellow - luminance) / 1.772),
      (int) Math.round(128 + (cyan - luminance) / 1.402),
      255
    };
  }

  private static byte[] adobe(int transform, BufferedImage image, IntFunction<int[]> channels) {
    WritableRaster raster =
        Raster.createInterleavedRaster(0, image.getWidth(), image.getHeight(), 4, null);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        raster.setPixel(x, y, channels.apply(image.getRGB(x, y)));
      }
    }
    byte[] jpeg = written("jpg", List.of(new IIOImage(raster, null, null)), param -> {});
    return new FileBuilder()
        .bytes(jpeg, 0, 2)
        .marker(0xEE, adobe(transform))
        .rest(jpeg, 2)
        .toArray();
  }

  private static byte[] adobe(int transform) {
    return new FileBuilder().text("Adobe").bytes(0, 100, 0, 0, 0, 0, transform).toArray();
  }

  /** A WebP of 3 or 4 channels; lossless beyond a quality of 100. */
  static byte[] webp(BufferedImage image, int quality) {
    int channels = image.getColorModel().hasAlpha() ? 4 : 3;
    byte[] pixels = new byte[image.getWidth() * image.getHeight() * channels];
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      int argb = image.getRGB(i % image.getWidth(), Math.floorDiv(i, image.getWidth()));
      for (int c = 0; c < channels; c++) {
        pixels[i * channels + c] = (byte) (argb >> 8 * c);
      }
    }
    try (Mat mat = new Mat(image.getHeight(), image.getWidth(), CV_8UC(channels));
        BytePointer encoded = new BytePointer()) {
      mat.data().put(pixels);
      imencode(".webp", mat, encoded, new IntPointer(64, quality));
      byte[] bytes = new byte[(int) encoded.limit()];
      encoded.get(bytes);
      return bytes;
    }
  }

  private static byte[] written(
      String format, List<IIOImage> frames, Consumer<ImageWriteParam> settings) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      settings.accept(param);
      writer.setOutput(out);
      if (frames.size() == 1) {
        writer.write(null, frames.getFirst(), param);
      } else {
        writer.prepareWriteSequence(null);
        for (IIOImage frame : frames) {
          writer.writeToSequence(frame, param);
        }
        writer.endWriteSequence();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
