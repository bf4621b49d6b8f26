package dev.facet.core.faces;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Decodes images as the API takes them: base64 (RFC 4648 §4), optionally as a data URL of any media
 * type (RFC 2397). The media type is not used: the image's own signature decides on its format.
 */
final class Base64Image {

  private static final String SCHEME = "data:";
  private static final String TOKEN = "[^\\s\"(),/:;<=>?@\\[\\\\\\]]++";

  /**
   * The part of a data URL between scheme and comma. White space after a semicolon is not in the
   * grammar, but common.
   */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "(?i)(?:"
              + TOKEN
              + "/"
              + TOKEN
              + ")?(?:;\\s*+"
              + TOKEN
              + "=(?:\"[^\"]*+\"|"
              + TOKEN
              + "))*+;\\s*+base64\\s*+,");

  private static final String WHITE_SPACE = " \t\r\n";

  private Base64Image() {}

  /**
   * Decodes an image's text; white space is ignored.
   *
   * @param property the property of the request, for the message
   * @throws InvalidRequest if the text is empty or not base64
   */
  static byte[] decode(String property, String text) {
    try {
      byte[] image = Base64.getDecoder().decode(withoutWhiteSpace(data(text)));
      if (image.length > 0) {
        return image;
      }
    } catch (IllegalArgumentException notBase64) {
      // the exception below covers this and an empty image
    }
    throw new InvalidRequest(property + " property must be a base64 image.");
  }

  /**
   * Returns the base64 of a data URL, or the text itself if it is none.
   *
   * @throws IllegalArgumentException if it is a data URL, but not one of base64
   */
  private static String data(String text) {
    if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return text;
    }
    var mediaType = MEDIA_TYPE.matcher(text).region(SCHEME.length(), text.length());
    if (!mediaType.lookingAt()) {
      throw new IllegalArgumentException("no data URL in base64");
    }
    String data = text.substring(mediaType.end());
    // a URL may escape base64's plus, slash and equals sign
    return data.indexOf('%') < 0 ? data : URLDecoder.decode(data.replace("+", "%2B"), US_ASCII);
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
