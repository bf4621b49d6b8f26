package dev.facet.api.v1;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Formats numbers in the text form that clients expect: {@code "161"}, {@code "4.93922"}. */
final class DecimalText {

  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final int MAX_DECIMALS = 6;

  private DecimalText() {}

  /**
   * Returns a number with at most six significant digits and six decimals, without trailing zeros
   * or exponent, independent of the locale.
   */
  static String text(double number) {
    BigDecimal rounded = new BigDecimal(number).round(SIX_DIGITS);
    if (rounded.scale() > MAX_DECIMALS) {
      rounded = rounded.setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN);
    }
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
