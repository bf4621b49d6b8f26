package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.vision.images.ImageHeader.Format;
import java.io.ByteArrayOutputStream;

/**
 * Walks the chunks of a PNG file (ISO/IEC 15948, 5.3) to the last one. Of an animation the still
 * image counts, which every reader shows that knows no animations.
 */
final class PngHeader {

  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;
  private static final int EXIF = 0x65584966;
  private static final int ANIMATION = 0x6163544C;
  private static final int FRAME = 0x6663544C;
  private static final int FRAME_DATA = 0x66644154;

  private PngHeader() {}

  static ImageHeader read(ByteReader bytes) {
    if (bytes.u32be(12) != IHDR) {
      throw new InvalidRequest("The image is not a PNG file: it does not begin with IHDR.");
    }
    int width = (int) Math.min(Integer.MAX_VALUE, bytes.u32be(16));
    int height = (int) Math.min(Integer.MAX_VALUE, bytes.u32be(20));
    boolean translucent = (bytes.u8(25) & 4) != 0;
    int orientation = 0; // unknown; of several EXIF chunks, the first counts
    long at = 8;
    while (true) {
      long length = bytes.u32be(at);
      int type = (int) bytes.u32be(at + 4);
      bytes.require(at + 8, length + 4);
      if (type == IEND) {
        long pixels = (long) width * height;
        // opaque pixels of 16 bits are decoded as 8, translucent ones as they are
        long stored = translucent ? (bytes.u8(24) == 16 ? 8 : 4) : 0;
        return new ImageHeader(
            Format.PNG, width, height, orientation, translucent, false, (stored + 3) * pixels);
      }
      if (type == TRNS) {
        translucent = true;
      } else if (type == EXIF && orientation == 0) {
        orientation = ExifOrientation.of(bytes, (int) at + 8, (int) length);
      }
      at += 12 + length;
    }
  }

  /** Returns a file without its animation; the same file if it has none. */
  static byte[] still(byte[] image) {
    ByteReader bytes = new ByteReader(image);
    ByteArrayOutputStream still = new ByteArrayOutputStream(image.length);
    still.write(image, 0, 8);
    int at = 8;
    while (at < image.length) {
      int length = 12 + (int) bytes.u32be(at);
      int type = (int) bytes.u32be(at + 4L);
      if (type != ANIMATION && type != FRAME && type != FRAME_DATA) {
        still.write(image, at, length);
      }
      if (type == IEND) {
        break;
      }
      at += length;
    }
    return still.size() == image.length ? image : still.toByteArray();
  }
}
