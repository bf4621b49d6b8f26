package dev.facet.core.faces;

import dev.facet.core.faults.InvalidRequest;
import java.util.Base64;
import java.util.regex.Pattern;

/** Images as the API takes them: base64 (RFC 4648 §4), perhaps as a data URL (RFC 2397). */
final class Base64Image {

  private static final Pattern DATA_URL =
      Pattern.compile("data:image/[A-Za-z0-9.+-]{1,64};base64,");
  private static final String WHITE_SPACE = " \t\r\n";

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
      byte[] image = Base64.getDecoder().decode(unbroken(data));
      if (image.length > 0) {
        return image;
      }
    } catch (IllegalArgumentException notBase64) {
      // answered below, with the empty text
    }
    throw new InvalidRequest(property + " property must be a base64 image.");
  }

  /** Most images come in one line, and looking for four characters is faster than reading all. */
  private static String unbroken(String data) {
    boolean broken = WHITE_SPACE.chars().anyMatch(blank -> data.indexOf(blank) >= 0);
    return broken ? data.replaceAll("[" + WHITE_SPACE + "]+", "") : data;
  }
}
