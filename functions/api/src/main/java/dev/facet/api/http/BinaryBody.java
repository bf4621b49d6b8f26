package dev.facet.api.http;

import java.util.Optional;

/**
 * Recognises bodies that are files instead of JSON. API Gateway passes a binary body on as text, in
 * which each byte that is not UTF-8 has become U+FFFD, so signatures are compared in both forms.
 */
final class BinaryBody {

  /** U+FFFD in UTF-8. */
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private static final String IN_BASE64 = "; send it in base64 in a property of a JSON object";

  private BinaryBody() {}

  /** Returns what the body is, and what to send instead; empty if it may be JSON. */
  static Optional<String> name(byte[] body) {
    if (startsWith(body, 0x1F, 0x8B)) {
      return Optional.of("compressed with gzip; send it uncompressed");
    }
    if (startsWith(body, 0xFF, 0xD8, 0xFF)) {
      return Optional.of("a JPEG file" + IN_BASE64);
    }
    if (startsWith(body, 0x89, 'P', 'N', 'G')) {
      return Optional.of("a PNG file" + IN_BASE64);
    }
    if (startsWith(body, 'G', 'I', 'F', '8')
        || startsWith(body, 'R', 'I', 'F', 'F')
        || startsWith(body, 'B', 'M')) {
      return Optional.of("an image file" + IN_BASE64);
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] body, int... signature) {
    int at = 0;
    for (int value : signature) {
      if (at < body.length && (body[at] & 0xFF) == value) {
        at++;
      } else if (value >= 0x80 && isReplacement(body, at)) {
        at += REPLACEMENT.length;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean isReplacement(byte[] body, int at) {
    if (at + REPLACEMENT.length > body.length) {
      return false;
    }
    for (int i = 0; i < REPLACEMENT.length; i++) {
      if (body[at + i] != REPLACEMENT[i]) {
        return false;
      }
    }
    return true;
  }
}
