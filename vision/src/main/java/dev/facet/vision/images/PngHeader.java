package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.vision.images.ImageHeader.Format;

/** Walks the chunks of a PNG file (ISO/IEC 15948, 5.3) to the last one. */
final class PngHeader {

  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;
  private static final int EXIF = 0x65584966;

  private PngHeader() {}

  static ImageHeader read(ByteReader bytes) {
    if (bytes.u32be(12) != IHDR) {
      throw new InvalidRequest("The image is not a PNG file: it does not begin with IHDR.");
    }
    int width = (int) Math.min(Integer.MAX_VALUE, bytes.u32be(16));
    int height = (int) Math.min(Integer.MAX_VALUE, bytes.u32be(20));
    boolean translucent = (bytes.u8(25) & 4) != 0;
    int orientation = 1;
    long at = 8;
    while (true) {
      long length = bytes.u32be(at);
      int type = (int) bytes.u32be(at + 4);
      bytes.require(at + 8, length + 4);
      if (type == IEND) {
        return new ImageHeader(Format.PNG, width, height, orientation, translucent);
      }
      if (type == TRNS) {
        translucent = true;
      } else if (type == EXIF) {
        orientation = ExifOrientation.of(bytes, (int) at + 8, (int) length);
      }
      at += 12 + length;
    }
  }
}
