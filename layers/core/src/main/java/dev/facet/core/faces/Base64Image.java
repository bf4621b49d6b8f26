package dev.facet.core.faces;

import dev.facet.core.faults.InvalidRequest;
import java.util.Base64;
import java.util.regex.Pattern;

/** Images as the API takes them: base64 (RFC 4648 §4), perhaps as a data URL (RFC 2397). */
final class Base64Image {

  private static final Pattern DATA_URL =
      Pattern.compile("data:image/[A-Za-z0-9.+-]{1,64};base64,");
  private static final Pattern WHITE_SPACE = Pattern.compile("[ \\t\\r\\n]+");

  private Base64Image() {}

  /**
   * Decodes an image's text; line breaks are ignored.
   *
   * @param property which property of the request it was, for the message
   * @throws InvalidRequest if it is empty or not base64
   */
  static byte[] decode(String property, String text) {
    var prefix = DATA_URL.matcher(text);
    String data = prefix.lookingAt() ? text.substring(prefix.end()) : text;
    try {
      byte[] image = Base64.getDecoder().decode(WHITE_SPACE.matcher(data).replaceAll(""));
      if (image.length > 0) {
        return image;
      }
    } catch (IllegalArgumentException notBase64) {
      // answered below, with the empty text
    }
    throw new InvalidRequest(property + " property must be a base64 image.");
  }
}
