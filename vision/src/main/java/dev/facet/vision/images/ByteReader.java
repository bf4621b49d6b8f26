package dev.facet.vision.images;

import dev.facet.core.faults.CallerFault.InvalidRequest;

/** Reads numbers from a file's bytes. A read beyond the end throws {@link InvalidRequest}. */
final class ByteReader {

  private final byte[] data;

  ByteReader(byte[] data) {
    this.data = data;
  }

  int length() {
    return data.length;
  }

  /** Returns whether the given bytes are at a position; false if the file ends before. */
  boolean startsWith(int at, int... values) {
    if (at < 0 || at + (long) values.length > data.length) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if ((data[at + i] & 0xFF) != values[i]) {
        return false;
      }
    }
    return true;
  }

  int u8(long at) {
    require(at, 1);
    return data[(int) at] & 0xFF;
  }

  int u16be(long at) {
    return u8(at) << 8 | u8(at + 1);
  }

  int u16le(long at) {
    return u8(at) | u8(at + 1) << 8;
  }

  int u24le(long at) {
    return u16le(at) | u8(at + 2) << 16;
  }

  int i32le(long at) {
    return u16le(at) | u16le(at + 2) << 16;
  }

  long u32be(long at) {
    return (long) u16be(at) << 16 | u16be(at + 2);
  }

  long u32le(long at) {
    return i32le(at) & 0xFFFF_FFFFL;
  }

  /** Returns the position of the next 0xFF, or the length without one. */
  int nextMarker(int from) {
    int at = from;
    while (at < data.length && data[at] != (byte) 0xFF) {
      at++;
    }
    return at;
  }

  /** Throws {@link InvalidRequest} unless {@code count} bytes follow a position. */
  void require(long at, long count) {
    if (at < 0 || count < 0 || at + count > data.length) {
      throw truncated();
    }
  }

  static InvalidRequest truncated() {
    return new InvalidRequest("The image's data ends early.");
  }
}
