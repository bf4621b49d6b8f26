package dev.facet.vision.images;

import dev.facet.vision.images.ImageHeader.Format;
import java.util.Arrays;

/**
 * Walks the blocks of a GIF file (GIF89a, 1990) to the end of the first frame. What follows does
 * not count: another frame may be cut, and the trailer may be missing.
 */
final class GifHeader {

  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final byte TRAILER = 0x3B;

  /**
   * Bytes per pixel in OpenCV's decoder: two canvases of four channels, the indices, the result.
   */
  private static final int DECODING_BYTES = 12;

  private GifHeader() {}

  static ImageHeader read(ByteReader bytes) {
    int width = bytes.u16le(6);
    int height = bytes.u16le(8);
    int frame = firstFrame(bytes);
    boolean beyond =
        bytes.u16le(frame + 1) + bytes.u16le(frame + 5) > width
            || bytes.u16le(frame + 3) + bytes.u16le(frame + 7) > height;
    afterFrame(bytes, frame);
    if (beyond) {
      throw ImageHeader.unsupported("GIF with a frame that exceeds its screen");
    }
    long decoding = DECODING_BYTES * (long) width * height;
    return new ImageHeader(Format.GIF, width, height, 1, true, false, decoding);
  }

  /** Returns a file of the first frame alone. */
  static byte[] still(byte[] image) {
    ByteReader bytes = new ByteReader(image);
    int end = afterFrame(bytes, firstFrame(bytes));
    byte[] still = Arrays.copyOf(image, end + 1);
    still[end] = TRAILER;
    return still;
  }

  private static int firstFrame(ByteReader bytes) {
    int at = 13 + colours(bytes.u8(10));
    while (bytes.u8(at) == EXTENSION) {
      at = afterBlocks(bytes, at + 2);
    }
    if (bytes.u8(at) != IMAGE) {
      throw ByteReader.truncated();
    }
    return at;
  }

  private static int afterFrame(ByteReader bytes, int frame) {
    return afterBlocks(bytes, frame + 11 + colours(bytes.u8(frame + 9)));
  }

  /** Returns the size in bytes of the colour table that a flags byte announces. */
  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static int afterBlocks(ByteReader bytes, int from) {
    int at = from;
    while (bytes.u8(at) != 0) {
      at += 1 + bytes.u8(at);
    }
    return at + 1;
  }
}
