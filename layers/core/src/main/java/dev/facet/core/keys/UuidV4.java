package dev.facet.core.keys;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Version 4 UUIDs (RFC 9562) from random bytes that the caller supplies. */
final class UuidV4 {

  private UuidV4() {}

  /**
   * Returns the UUID of 16 random bytes; six of their bits are overwritten with the version and the
   * variant.
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
