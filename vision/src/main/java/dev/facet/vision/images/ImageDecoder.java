package dev.facet.vision.images;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.vision.images.ImageHeader.Format;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes images into upright pixels with OpenCV.
 *
 * @param maxPixels the maximum number of pixels; a larger image is rejected by its header, before
 *     any memory is allocated for it
 */
public record ImageDecoder(long maxPixels) {

  /** Maximum number of columns or rows; a longer image is not a photo of faces. */
  public static final int MAX_SIDE = 30_000;

  /** Maximum memory of decoding in bytes per pixel: a progressive JPEG in full colour takes 9. */
  private static final int MAX_DECODING_BYTES = 9;

  /**
   * Reads the header and applies the limits.
   *
   * @throws InvalidRequest if it is not an image, its data ends early, or it is too large
   */
  public ImageHeader header(byte[] image) {
    ImageHeader header = ImageHeader.of(image);
    if (header.pixels() > maxPixels || header.longSide() > MAX_SIDE) {
      throw new InvalidRequest(
          "The image is %d x %d pixels; at most %.1f megapixels and %d pixels a side are accepted."
              .formatted(header.width(), header.height(), maxPixels / 1e6, MAX_SIDE));
    }
    long maxBytes = MAX_DECODING_BYTES * maxPixels;
    if (header.decodingBytes() > maxBytes) {
      throw new InvalidRequest(
          ("Decoding the image takes %d MB; at most %d MB are accepted. Send it with 8 bits a"
                  + " channel, without transparency, or with fewer pixels.")
              .formatted(header.decodingBytes() / 1_000_000, maxBytes / 1_000_000));
    }
    return header;
  }

  /**
   * Decodes the pixels, upright. Translucent pixels are blended with white.
   *
   * @param header the result of {@link #header}
   * @param reduction 1, 2, 4 or 8: the divisor of the resolution, rounded up; images that are not
   *     {@linkplain ImageHeader#reducible() reducible} are decoded at full resolution
   * @throws InvalidRequest if the pixels can't be decoded
   */
  public Photo decode(byte[] image, ImageHeader header, int reduction) {
    int divisor = header.reducible() ? reduction : 1;
    byte[] still = still(header.format(), image);
    Mat stored = decoded(still, header, header.translucent() ? IMREAD_UNCHANGED : flags(divisor));
    if (stored.cols() != Math.ceilDiv(header.width(), divisor)
        || stored.rows() != Math.ceilDiv(header.height(), divisor)) {
      stored.close();
      throw new InvalidRequest("The image's header and its pixels disagree.");
    }
    boolean turned = header.orientation() >= 5;
    Mat opaque = header.translucent() ? AlphaBlend.onWhite(stored) : stored;
    return new Photo(
        Orientation.upright(opaque, header.orientation()),
        turned ? header.height() : header.width(),
        turned ? header.width() : header.height());
  }

  /** Returns the part of the file to decode, in a form that OpenCV accepts. */
  private static byte[] still(Format format, byte[] image) {
    return switch (format) {
      case PNG -> PngHeader.still(image);
      case GIF -> GifHeader.still(image);
      case WEBP -> WebpHeader.still(image);
      case JPEG, BMP -> image;
    };
  }

  private static int flags(int reduction) {
    int colour =
        switch (reduction) {
          case 1 -> IMREAD_COLOR;
          case 2 -> IMREAD_REDUCED_COLOR_2;
          case 4 -> IMREAD_REDUCED_COLOR_4;
          case 8 -> IMREAD_REDUCED_COLOR_8;
          default -> throw new IllegalArgumentException("a reduction is 1, 2, 4 or 8");
        };
    return colour | IMREAD_IGNORE_ORIENTATION;
  }

  /** Decodes with OpenCV, which returns an empty matrix or throws if the data is damaged. */
  private static Mat decoded(byte[] image, ImageHeader header, int flags) {
    Mat pixels;
    try (Mat encoded = new Mat(image)) {
      pixels = imdecode(encoded, flags);
    } catch (RuntimeException e) {
      throw undecodable(header.format());
    }
    if (pixels.empty()) {
      pixels.close();
      throw undecodable(header.format());
    }
    return pixels;
  }

  private static InvalidRequest undecodable(Format format) {
    return new InvalidRequest(
        ("The image can't be decoded: its data is damaged, or a variant of %s that is not"
                + " supported.")
            .formatted(format));
  }
}
