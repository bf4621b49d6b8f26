package dev.facet.vision.images;

/** Reads the orientation tag of an EXIF block, a TIFF file (CIPA DC-008, 4.6.5). */
final class ExifOrientation {

  private static final int ORIENTATION = 0x0112;
  private static final int BYTE = 1;
  private static final int LONG = 4;
  private static final int SIGNED_BYTE = 6;
  private static final int SIGNED_LONG = 9;

  private ExifOrientation() {}

  /**
   * Finds the tag in the first directory.
   *
   * @return 1..8; 1 if the tag is absent or the block damaged, which is no reason to reject a photo
   */
  static int of(ByteReader bytes, int start, int length) {
    boolean little = bytes.startsWith(start, 'I', 'I', 42, 0);
    if (length < 8 || (!little && !bytes.startsWith(start, 'M', 'M', 0, 42))) {
      return 1;
    }
    long end = (long) start + length;
    long directory = start + (little ? bytes.u32le(start + 4L) : bytes.u32be(start + 4L));
    if (directory + 2 > end) {
      return 1;
    }
    int entries = u16(bytes, little, directory);
    for (long at = directory + 2; entries > 0 && at + 12 <= end; entries--, at += 12) {
      if (u16(bytes, little, at) == ORIENTATION) {
        long value = value(bytes, little, at);
        return value >= 1 && value <= 8 ? (int) value : 1;
      }
    }
    return 1;
  }

  /** Returns the value of an entry, whose type should be SHORT, but is another in some files. */
  private static long value(ByteReader bytes, boolean little, long entry) {
    return switch (u16(bytes, little, entry + 2)) {
      case BYTE, SIGNED_BYTE -> bytes.u8(entry + 8);
      case LONG, SIGNED_LONG -> little ? bytes.u32le(entry + 8) : bytes.u32be(entry + 8);
      default -> u16(bytes, little, entry + 8);
    };
  }

  private static int u16(ByteReader bytes, boolean little, long at) {
    return little ? bytes.u16le(at) : bytes.u16be(at);
  }
}
