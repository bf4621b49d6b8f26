package dev.facet.core.faults;

/** The message for data that a newer version has written in a format unknown to this one. */
public final class NewerFormat {

  private NewerFormat() {}

  /**
   * Returns the message.
   *
   * @param subject the data that was read, as the subject of a sentence
   * @param format its format number, greater than any that this version knows
   */
  public static String message(String subject, long format) {
    return "%s has format %d, which this version does not know; replace this version of Facet with a newer one"
        .formatted(subject, format);
  }

  /**
   * Returns the message for a value of a closed set that this version does not know.
   *
   * @param subject the data that was read, as the subject of a sentence
   * @param property the property that holds the value
   */
  public static String unknown(String subject, String property, String value) {
    return "%s has the %s %s, which this version does not know; replace this version of Facet with a newer one"
        .formatted(subject, property, value);
  }
}
