package dev.facet.vision.images;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Builds the segments and chunks of image files. */
final class FileBuilder {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  FileBuilder bytes(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  FileBuilder bytes(byte[] from, int start, int length) {
    bytes.write(from, start, length);
    return this;
  }

  FileBuilder rest(byte[] from, int start) {
    return bytes(from, start, from.length - start);
  }

  FileBuilder text(String ascii) {
    bytes.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  FileBuilder u32be(long value) {
    return bytes((int) (value >> 24), (int) (value >> 16), (int) (value >> 8), (int) value);
  }

  FileBuilder u32le(long value) {
    return bytes((int) value, (int) (value >> 8), (int) (value >> 16), (int) (value >> 24));
  }

  /** A JPEG segment. */
  FileBuilder marker(int marker, byte[] content) {
    int length = content.length + 2;
    return bytes(0xFF, marker, length >> 8, length).rest(content, 0);
  }

  /** A PNG chunk. */
  FileBuilder chunk(String type, byte[] content) {
    byte[] checked = new FileBuilder().text(type).rest(content, 0).toArray();
    CRC32 sum = new CRC32();
    sum.update(checked);
    return u32be(content.length).rest(checked, 0).u32be(sum.getValue());
  }

  /** A WebP chunk, padded to an even length. */
  FileBuilder riff(String type, byte[] content) {
    text(type).u32le(content.length).rest(content, 0);
    return content.length % 2 == 0 ? this : bytes(0);
  }

  /** An EXIF block that says nothing but an orientation. */
  static byte[] exif(boolean little, int orientation) {
    FileBuilder block = new FileBuilder();
    return little
        ? block
            .text("II")
            .bytes(42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0)
            .bytes(0, 0, 0, 0)
            .toArray()
        : block
            .text("MM")
            .bytes(0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0)
            .bytes(0, 0, 0, 0)
            .toArray();
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
