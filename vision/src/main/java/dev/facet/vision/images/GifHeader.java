package dev.facet.vision.images;

import dev.facet.vision.images.ImageHeader.Format;

/** Walks the blocks of a GIF file (GIF89a, 1990) to the end of the first frame. */
final class GifHeader {

  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;

  private GifHeader() {}

  static ImageHeader read(ByteReader bytes) {
    int width = bytes.u16le(6);
    int height = bytes.u16le(8);
    int at = 13 + colours(bytes.u8(10));
    while (bytes.u8(at) == EXTENSION) {
      at = afterBlocks(bytes, at + 2);
    }
    if (bytes.u8(at) != IMAGE) {
      throw ByteReader.truncated();
    }
    afterBlocks(bytes, at + 11 + colours(bytes.u8(at + 9)));
    return new ImageHeader(Format.GIF, width, height, 1, true);
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
