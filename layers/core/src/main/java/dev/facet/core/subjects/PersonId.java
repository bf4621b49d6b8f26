package dev.facet.core.subjects;

import dev.facet.core.crypto.RandomText;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A {@code /node} id (puid or guid): {@code KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q}, base62 grouped
 * 8-4-4-4-12, about 190 random bits.
 *
 * <p>Plain routes show it in ROT13, as the vendor's routes do; this hides nothing.
 *
 * @param value the id itself, not its ROT13 form
 */
public record PersonId(String value) {

  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9]{8}-(?:[A-Za-z0-9]{4}-){3}[A-Za-z0-9]{12}");

  /** Checks the form. */
  public PersonId {
    if (!hasForm(value)) {
      throw new IllegalArgumentException("a person's id is base62 grouped 8-4-4-4-12");
    }
  }

  /** Returns whether a text has the form of an id; ROT13 does not change the form. */
  public static boolean hasForm(String text) {
    return FORM.matcher(text).matches();
  }

  /** Generates a new id; the source must be cryptographically strong. */
  public static PersonId random(RandomGenerator random) {
    String digits = RandomText.base62(random, 32);
    return new PersonId(
        String.join(
            "-",
            digits.substring(0, 8),
            digits.substring(8, 12),
            digits.substring(12, 16),
            digits.substring(16, 20),
            digits.substring(20)));
  }

  /**
   * Returns the puid of a {@code /node} subject.
   *
   * @throws IllegalArgumentException if the subject's id is not a puid
   */
  public static PersonId of(SubjectId subject) {
    return new PersonId(subject.value());
  }

  /** Returns the id of the subject that this puid names. */
  public SubjectId subject() {
    return new SubjectId(value);
  }

  /** Parses the ROT13 form that plain routes show. */
  public static PersonId parseRot13(String shown) {
    return new PersonId(rot13(shown));
  }

  /** Returns the ROT13 form that plain routes show. */
  public String toRot13() {
    return rot13(value);
  }

  private static String rot13(String text) {
    StringBuilder turned = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      turned.append(turned(text.charAt(i)));
    }
    return turned.toString();
  }

  private static char turned(char c) {
    if (c >= 'a' && c <= 'z') {
      return (char) ('a' + (c - 'a' + 13) % 26);
    }
    return c >= 'A' && c <= 'Z' ? (char) ('A' + (c - 'A' + 13) % 26) : c;
  }
}
