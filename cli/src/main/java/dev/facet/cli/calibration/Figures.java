package dev.facet.cli.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers as people read them, the same in every locale. */
final class Figures {

  private Figures() {}

  /** An FMR: {@code 4.5 %}, {@code 0.12 %}, {@code 1.0e-4}, {@code 0}. */
  static String rate(double rate) {
    return rate > 0 && rate < 0.000_995 ? exponential(rate) : percent(rate);
  }

  /** An FMR's interval. */
  static String rates(Range range) {
    return interval(range, Figures::rate);
  }

  /** An FNMR: {@code 3.0 %}, {@code 0.076 %}, {@code 0}. */
  static String percent(double rate) {
    if (Double.isNaN(rate)) {
      return "–";
    }
    if (rate == 0) {
      return "0";
    }
    return new BigDecimal(100 * rate).round(new MathContext(2)).toPlainString() + " %";
  }

  /** An FNMR's interval. */
  static String percents(Range range) {
    return interval(range, Figures::percent);
  }

  /** A cosine, three decimals. */
  static String cosine(double cosine) {
    return String.format(Locale.ROOT, "%.3f", cosine);
  }

  /** A cosine's interval. */
  static String cosines(Range range) {
    return interval(range, Figures::cosine);
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

  private static String interval(Range range, DoubleFunction<String> figure) {
    return Double.isNaN(range.low())
        ? "–"
        : figure.apply(range.low()) + " – " + figure.apply(range.high());
  }

  private static String exponential(double number) {
    String text = String.format(Locale.ROOT, "%.1e", number);
    int e = text.indexOf('e');
    return text.substring(0, e + 1) + Integer.parseInt(text.substring(e + 1));
  }
}
