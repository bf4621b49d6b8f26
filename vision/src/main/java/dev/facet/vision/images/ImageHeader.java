package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;

/**
 * The properties of an encoded image that are known before any pixel is decoded.
 *
 * @param format the encoding
 * @param width columns as stored, before the orientation is applied
 * @param height rows as stored
 * @param orientation the EXIF orientation, 1..8; 1 is upright
 * @param translucent whether it may have translucent pixels
 * @param reducible whether decoding at reduced resolution saves work: only for JPEG in one scan.
 *     The entropy coding of several scans takes most of the time; OpenCV decodes other formats in
 *     full before it shrinks them, and rounds their sizes down, to nothing if the image is narrow.
 * @param decodingBytes the memory in bytes that decoding at full resolution needs at once
 */
public record ImageHeader(
    Format format,
    int width,
    int height,
    int orientation,
    boolean translucent,
    boolean reducible,
    long decodingBytes) {

  /** The supported encodings. */
  public enum Format {
    /** ITU T.81, baseline and progressive; grey, YCbCr, RGB, CMYK and YCCK. */
    JPEG,
    /** ISO/IEC 15948. */
    PNG,
    /** Windows bitmap. */
    BMP,
    /** GIF87a and GIF89a; the first frame of an animation. */
    GIF,
    /** RFC 9649; the first frame of an animation. */
    WEBP
  }

  /** Checks the size, and replaces an undefined orientation by 1. */
  public ImageHeader {
    if (width < 1 || height < 1) {
      throw new InvalidRequest("The image has no pixels.");
    }
    if (orientation < 1 || orientation > 8) {
      orientation = 1; // a reader shall ignore values that EXIF does not define
    }
  }

  /**
   * Parses the header and walks the file's structure far enough to detect truncation.
   *
   * @throws InvalidRequest if it is not an image of a known format, or its data ends early
   */
  public static ImageHeader of(byte[] image) {
    ByteReader bytes = new ByteReader(image);
    if (bytes.startsWith(0, 0xFF, 0xD8)) {
      return JpegHeader.read(bytes);
    }
    if (bytes.startsWith(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return PngHeader.read(bytes);
    }
    if (bytes.startsWith(0, 'G', 'I', 'F', '8')) {
      return GifHeader.read(bytes);
    }
    if (bytes.startsWith(0, 'B', 'M')) {
      return BmpHeader.read(bytes);
    }
    if (bytes.startsWith(0, 'R', 'I', 'F', 'F') && bytes.startsWith(8, 'W', 'E', 'B', 'P')) {
      return WebpHeader.read(bytes);
    }
    throw OtherFormats.name(bytes)
        .map(ImageHeader::unsupported)
        .orElseGet(
            () -> new InvalidRequest("The image is not a JPEG, PNG, BMP, GIF or WebP file."));
  }

  /** Returns the fault for a valid image of a kind that this service does not decode. */
  static InvalidRequest unsupported(String kind) {
    return new InvalidRequest(
        kind + " is not supported; send baseline or progressive JPEG, PNG, BMP, GIF or WebP.");
  }

  /** Returns the total number of pixels. */
  public long pixels() {
    return (long) width * height;
  }

  /** Returns the length of the longer side in pixels. */
  public int longSide() {
    return Math.max(width, height);
  }
}
