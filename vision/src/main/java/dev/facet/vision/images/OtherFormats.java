package dev.facet.vision.images;

import java.util.Optional;

/** Recognises files that callers send as photos although they are of formats not decoded here. */
final class OtherFormats {

  private OtherFormats() {}

  /** Returns the name of the format whose signature the file has. */
  static Optional<String> name(ByteReader bytes) {
    if (bytes.startsWith(4, 'f', 't', 'y', 'p')) {
      return isoMedia(bytes);
    }
    if (bytes.startsWith(0, 'I', 'I', 42, 0) || bytes.startsWith(0, 'M', 'M', 0, 42)) {
      return Optional.of("TIFF");
    }
    if (bytes.startsWith(0, 0xFF, 0x0A) || bytes.startsWith(4, 'J', 'X', 'L', ' ')) {
      return Optional.of("JPEG XL");
    }
    if (bytes.startsWith(0, 0xFF, 0x4F, 0xFF, 0x51) || bytes.startsWith(4, 'j', 'P', ' ', ' ')) {
      return Optional.of("JPEG 2000");
    }
    if (bytes.startsWith(0, '%', 'P', 'D', 'F')) {
      return Optional.of("PDF");
    }
    return Optional.empty();
  }

  /** Reads the major brand of an ISO base media file (ISO/IEC 14496-12, 4.3). */
  private static Optional<String> isoMedia(ByteReader bytes) {
    if (bytes.startsWith(8, 'a', 'v', 'i')) {
      return Optional.of("AVIF");
    }
    if (bytes.startsWith(8, 'm', 'i', 'f', '1') || bytes.startsWith(8, 'm', 's', 'f', '1')) {
      return Optional.of("HEIF");
    }
    boolean heic = bytes.startsWith(8, 'h', 'e', 'i') || bytes.startsWith(8, 'h', 'e', 'v');
    return Optional.of(heic ? "HEIC" : "Video");
  }
}
