package dev.facet.client.calibration;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Figures {

  private Figures() {}

  /**
   * A rate with two significant digits: {@code 4.5 %}, {@code 0.12 %}, {@code 1.0e-4}, {@code 0}.
   */
  static String rate(double rate) {
    if (Double.isNaN(rate)) {
      return "–";
    }
    if (rate == 0) {
      return "0";
    }
    if (rate < 0.000_995) {
      return exponential(rate);
    }
    double percent = 100 * rate;
    int decimals = percent < 0.995 ? 2 : percent < 9.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f %%", percent);
  }

  /** A rate's interval. */
  static String rates(Range range) {
    return Double.isNaN(range.low()) ? "–" : rate(range.low()) + " – " + rate(range.high());
  }

  /** A cosine, three decimals. */
  static String cosine(double cosine) {
    return String.format(Locale.ROOT, "%.3f", cosine);
  }

  /** A cosine's interval. */
  static String cosines(Range range) {
    return Double.isNaN(range.low()) ? "–" : cosine(range.low()) + " – " + cosine(range.high());
  }

  /** A count with thousands set apart. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Errors among comparisons. */
  static String counted(ErrorRate rate) {
    return count(rate.errors()) + " / " + count(rate.comparisons());
  }

  /** How many to expect: {@code 0.0010}, {@code 1.0}, {@code 120}. */
  static String expected(double number) {
    if (number >= 9.95) {
      return count(Math.round(number));
    }
    return number >= 0.000_95 ? String.format(Locale.ROOT, "%.2g", number) : exponential(number);
  }

  private static String exponential(double number) {
    String text = String.format(Locale.ROOT, "%.1e", number);
    int e = text.indexOf('e');
    return text.substring(0, e + 1) + Integer.parseInt(text.substring(e + 1));
  }
}
