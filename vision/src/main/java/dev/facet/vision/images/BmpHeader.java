package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.vision.images.ImageHeader.Format;

/**
 * Parses the header of a Windows bitmap, and checks that an uncompressed file holds all its rows.
 */
final class BmpHeader {

  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;
  private static final int BITFIELDS = 3;

  private BmpHeader() {}

  static ImageHeader read(ByteReader bytes) {
    long pixels = bytes.u32le(10);
    boolean core = bytes.u32le(14) == CORE_HEADER;
    int width = core ? bytes.u16le(18) : bytes.i32le(18);
    int height = core ? bytes.u16le(20) : bytes.i32le(22);
    int depth = bytes.u16le(core ? 24 : 28);
    long compression = core ? 0 : bytes.u32le(30);
    if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
      throw new InvalidRequest("The image has no pixels.");
    }
    int rows = Math.abs(height); // negative means stored from the top down
    boolean runs = compression == 1 || compression == 2;
    long rowBytes = ((long) width * depth + 31) / 32 * 4;
    // one row first: the product of unchecked factors could overflow
    bytes.require(pixels, runs ? 1 : rowBytes);
    bytes.require(pixels, runs ? 1 : rowBytes * rows);
    if (depth == 16 && compression == BITFIELDS && bytes.u32le(14) > INFO_HEADER) {
      throw ImageHeader.unsupported("BMP of 16 bits a pixel with a V4 or V5 header");
    }
    return new ImageHeader(Format.BMP, width, rows, 1, false, false, 3L * width * rows);
  }
}
