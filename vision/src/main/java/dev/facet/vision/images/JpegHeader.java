package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.vision.images.ImageHeader.Format;
import org.jspecify.annotations.Nullable;

/**
 * Walks the marker segments of a JPEG file (ITU T.81, annex B).
 *
 * <p>Decoders fill the missing part of a truncated file with grey and report success, so this class
 * follows the segments to the end-of-image marker.
 */
final class JpegHeader {

  private static final int BASELINE = 0xC0;
  private static final int EXTENDED = 0xC1;
  private static final int PROGRESSIVE = 0xC2;
  private static final int ARITHMETIC = 0xC9;
  private static final int ARITHMETIC_PROGRESSIVE = 0xCA;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int JPEG_LS = 0xF7;
  private static final int TEM = 0x01;

  /**
   * Maximum number of coefficients that all scans of a file pass over together, a limit against
   * decompression bombs: each scan visits all coefficients of its components, in about 2 ns each. A
   * usual progressive file of 50 megapixels has 700 million at most: six scans of luminance and
   * four of each colour.
   */
  private static final long MAX_SCANNED = 1_000_000_000;

  private final ByteReader bytes;
  private @Nullable JpegFrame frame;
  private int orientation; // 0 is unknown
  private int scans;
  private long scanned;
  private boolean buffered;

  private JpegHeader(ByteReader bytes) {
    this.bytes = bytes;
  }

  static ImageHeader read(ByteReader bytes) {
    return new JpegHeader(bytes).walk();
  }

  private ImageHeader walk() {
    int at = 2;
    while (true) {
      at = bytes.nextMarker(at);
      if (at + 1 >= bytes.length()) {
        throw unfinished();
      }
      int marker = bytes.u8(at + 1);
      if (marker == EOI) {
        return header();
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

  /** Returns the fault for a file without its end, which some programs cut off. */
  private InvalidRequest unfinished() {
    return scans == 0
        ? ByteReader.truncated()
        : new InvalidRequest(
            "The image's data ends early: the JPEG lacks its end-of-image marker (EOI).");
  }

  private ImageHeader header() {
    if (frame == null || scans == 0) {
      throw ByteReader.truncated();
    }
    // libjpeg keeps the coefficients of a file with several scans, 16 bits each
    long coefficients = buffered ? 2 * frame.coefficients() : 0;
    return new ImageHeader(
        Format.JPEG,
        frame.width(),
        frame.height(),
        orientation,
        false,
        !buffered,
        3 * frame.pixels() + coefficients);
  }

  /**
   * Returns whether a marker has no length: fill byte, stuffed zero or restart marker in a scan.
   */
  private static boolean standsAlone(int marker) {
    return marker == 0xFF || marker <= TEM || (marker >= RST0 && marker <= RST7);
  }

  private void segment(int marker, int at, int length) {
    if (marker == SOS) {
      scan(at);
    } else if (marker == APP1 && orientation == 0 && isExif(at)) {
      // of several EXIF segments, the first counts
      orientation = ExifOrientation.of(bytes, at + 6, length - 6);
    } else if (frame == null && startsFrame(marker)) {
      frame = JpegFrame.read(bytes, at);
      buffered = marker == PROGRESSIVE || marker == ARITHMETIC_PROGRESSIVE;
    }
  }

  private boolean isExif(int at) {
    return bytes.startsWith(at, 'E', 'x', 'i', 'f', 0, 0);
  }

  private void scan(int at) {
    if (frame == null) {
      throw new InvalidRequest("The image can't be decoded: its JPEG scan precedes its frame.");
    }
    int components = bytes.u8(at);
    scans++;
    buffered |= components < frame.components().size();
    for (int i = 0; i < components; i++) {
      scanned += frame.coefficients(bytes.u8(at + 1 + 2 * i));
    }
    if (scanned > MAX_SCANNED) {
      throw new InvalidRequest(
          ("The JPEG's scans pass over more than %d million coefficients; send it with fewer scans"
                  + " or pixels.")
              .formatted(MAX_SCANNED / 1_000_000));
    }
  }

  /** Returns whether a marker starts a frame; refuses those that the decoder does not know. */
  private static boolean startsFrame(int marker) {
    return switch (marker) {
      case BASELINE, EXTENDED, PROGRESSIVE, ARITHMETIC, ARITHMETIC_PROGRESSIVE -> true;
      case 0xC3, 0xCB, 0xCF -> throw ImageHeader.unsupported("Lossless JPEG");
      case 0xC5, 0xC6, 0xC7, 0xCD, 0xCE -> throw ImageHeader.unsupported("Hierarchical JPEG");
      case JPEG_LS -> throw ImageHeader.unsupported("JPEG-LS");
      default -> false;
    };
  }
}
