package dev.facet.core.keys;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Random UUIDs from a source that is handed in (RFC 9562, version 4). */
final class UuidV4 {

  private UuidV4() {}

  /**
   * The UUID of 16 random bytes; six of their bits give way to version and variant.
   *
   * @param random 16 bytes
   */
  static UUID of(byte[] random) {
    ByteBuffer buffer = ByteBuffer.wrap(random);
    long high = (buffer.getLong() & ~0xf000L) | 0x4000L;
    long low = (buffer.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
