package dev.facet.core.faces;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Decodes images as the API takes them: base64 (RFC 4648 §4), optionally as a data URL (RFC 2397).
 */
final class Base64Image {

  private static final Pattern DATA_URL =
      Pattern.compile("data:image/[A-Za-z0-9.+-]{1,64};base64,");
  private static final String WHITE_SPACE = " \t\r\n";

  private Base64Image() {}

  /**
   * Decodes an image's text; white space is ignored.
   *
   * @param property the property of the request, for the message
   * @throws InvalidRequest if the text is empty or not base64
   */
  static byte[] decode(String property, String text) {
    var prefix = DATA_URL.matcher(text);
    String data = prefix.lookingAt() ? text.substring(prefix.end()) : text;
    try {
      byte[] image = Base64.getDecoder().decode(withoutWhiteSpace(data));
      if (image.length > 0) {
        return image;
      }
    } catch (IllegalArgumentException notBase64) {
      // the exception below covers this and an empty image
    }
    throw new InvalidRequest(property + " property must be a base64 image.");
  }

  /**
   * Removes white space. Most images come in one line, and a search for four characters is faster
   * than a replacement in the whole text.
   */
  private static String withoutWhiteSpace(String data) {
    boolean broken = WHITE_SPACE.chars().anyMatch(blank -> data.indexOf(blank) >= 0);
    return broken ? data.replaceAll("[" + WHITE_SPACE + "]+", "") : data;
  }
}
