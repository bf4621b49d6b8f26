package dev.facet.cli.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Formats numbers for reports, the same in every locale. */
final class Formats {

  private Formats() {}

  /** Formats an FMR: {@code 4.5 %}, {@code 0.12 %}, {@code 1.0e-4}, {@code 0}. */
  static String rate(double rate) {
    return rate > 0 && rate < 0.000_995 ? exponential(rate) : percent(rate);
  }

  /** Formats the interval of an FMR. */
  static String rates(ValueRange range) {
    return interval(range, Formats::rate);
  }

  /** Formats an FNMR: {@code 3.0 %}, {@code 0.076 %}, {@code 0}. */
  static String percent(double rate) {
    if (Double.isNaN(rate)) {
      return "–";
    }
    if (rate == 0) {
      return "0";
    }
    return new BigDecimal(100 * rate).round(new MathContext(2)).toPlainString() + " %";
  }

  /** Formats the interval of an FNMR. */
  static String percents(ValueRange range) {
    return interval(range, Formats::percent);
  }

  /** Formats a cosine with three decimals. */
  static String cosine(double cosine) {
    return String.format(Locale.ROOT, "%.3f", cosine);
  }

  /** Formats the interval of a cosine. */
  static String cosines(ValueRange range) {
    return interval(range, Formats::cosine);
  }

  /** Formats a count with thousands separators. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Formats the errors among comparisons. */
  static String counted(ErrorRate rate) {
    return count(rate.errors()) + " / " + count(rate.comparisons());
  }

  /** Formats an expected number: {@code 0.0010}, {@code 1.0}, {@code 120}. */
  static String expected(double number) {
    if (number >= 9.95) {
      return count(Math.round(number));
    }
    return number >= 0.000_95 ? String.format(Locale.ROOT, "%.2g", number) : exponential(number);
  }

  private static String interval(ValueRange range, DoubleFunction<String> figure) {
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
