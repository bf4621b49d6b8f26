package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.vision.images.ImageHeader.Format;

/**
 * Walks the marker segments of a JPEG file (ITU T.81, annex B).
 *
 * <p>Decoders fill the missing part of a truncated file with grey and report success, so this class
 * follows the segments to the end-of-image marker.
 */
final class JpegHeader {

  private static final int SOF0 = 0xC0;
  private static final int SOF15 = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int TEM = 0x01;

  /**
   * Limit against decompression bombs: each scan of a progressive file passes over all
   * coefficients.
   */
  private static final int MAX_SCANS = 100;

  private final ByteReader bytes;
  private int width;
  private int height;
  private int orientation = 1;
  private int scans;

  private JpegHeader(ByteReader bytes) {
    this.bytes = bytes;
  }

  static ImageHeader read(ByteReader bytes) {
    JpegHeader header = new JpegHeader(bytes);
    header.walk();
    return new ImageHeader(Format.JPEG, header.width, header.height, header.orientation, false);
  }

  private void walk() {
    int at = 2;
    while (true) {
      at = bytes.nextMarker(at);
      int marker = bytes.u8(at + 1);
      if (marker == EOI) {
        requireScan();
        return;
      }
      if (standsAlone(marker)) {
        at += marker == 0xFF ? 1 : 2;
        continue;
      }
      int length = bytes.u16be(at + 2);
      bytes.require(at + 2, length);
      segment(marker, at + 4, length - 2);
      at += 2 + length;
    }
  }

  /**
   * Returns whether a marker has no length: fill byte, stuffed zero or restart marker in a scan.
   */
  private static boolean standsAlone(int marker) {
    return marker == 0xFF || marker <= TEM || (marker >= RST0 && marker <= RST7);
  }

  private void segment(int marker, int at, int length) {
    if (marker == SOS) {
      if (++scans > MAX_SCANS) {
        throw new InvalidRequest("The image has more than %d scans.".formatted(MAX_SCANS));
      }
    } else if (marker == APP1 && bytes.startsWith(at, 'E', 'x', 'i', 'f', 0, 0)) {
      orientation = ExifOrientation.of(bytes, at + 6, length - 6);
    } else if (startsFrame(marker) && width == 0) {
      height = bytes.u16be(at + 1);
      width = bytes.u16be(at + 3);
    }
  }

  private static boolean startsFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  private void requireScan() {
    if (scans == 0) {
      throw ByteReader.truncated();
    }
  }
}
