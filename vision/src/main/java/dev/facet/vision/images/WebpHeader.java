package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.vision.images.ImageHeader.Format;
import java.util.Arrays;

/** Parses the chunks of a WebP file (RFC 9649, section 2). */
final class WebpHeader {

  private static final int VP8 = 0x56503820;
  private static final int VP8L = 0x5650384C;
  private static final int VP8X = 0x56503858;
  private static final int EXIF = 0x45584946;
  private static final int ALPHA = 0x10;
  private static final int MIN_BYTES = 32;

  /** Bytes per pixel at once: libwebp's pixels and OpenCV's, four channels each. */
  private static final int DECODING_BYTES = 8;

  private WebpHeader() {}

  static ImageHeader read(ByteReader bytes) {
    long end = 8 + bytes.u32le(4);
    bytes.require(0, end);
    return switch ((int) bytes.u32be(12)) {
      case VP8 -> header(bytes.u16le(26) & 0x3FFF, bytes.u16le(28) & 0x3FFF, 1, false);
      case VP8L -> lossless((int) bytes.u32le(21));
      case VP8X ->
          header(
              bytes.u24le(24) + 1,
              bytes.u24le(27) + 1,
              orientation(bytes, end),
              (bytes.u8(20) & ALPHA) != 0);
      default -> throw new InvalidRequest("The image is not a WebP file: it has no frame.");
    };
  }

  private static ImageHeader lossless(int bits) {
    return header((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1, 1, (bits >>> 28 & 1) != 0);
  }

  private static ImageHeader header(int width, int height, int orientation, boolean translucent) {
    long decoding = DECODING_BYTES * (long) width * height;
    return new ImageHeader(Format.WEBP, width, height, orientation, translucent, false, decoding);
  }

  /** Returns a file of at least the 32 bytes that OpenCV expects; WebP's smallest file has 26. */
  static byte[] still(byte[] image) {
    return image.length < MIN_BYTES ? Arrays.copyOf(image, MIN_BYTES) : image;
  }

  private static int orientation(ByteReader bytes, long end) {
    long at = 12;
    while (at + 8 <= end) {
      long length = bytes.u32le(at + 4);
      if ((int) bytes.u32be(at) == EXIF) {
        // some writers keep the prefix of JPEG's EXIF segment
        int prefix = bytes.startsWith((int) at + 8, 'E', 'x', 'i', 'f', 0, 0) ? 6 : 0;
        bytes.require(at + 8, length);
        return ExifOrientation.of(bytes, (int) at + 8 + prefix, (int) length - prefix);
      }
      at += 8 + length + (length & 1);
    }
    return 1;
  }
}
