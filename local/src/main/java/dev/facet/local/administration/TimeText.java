package dev.facet.local.administration;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Parses durations in text, such as {@code 90s}, {@code 15m}, {@code 1h} and {@code 7d}. */
final class TimeText {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhd])");

  private TimeText() {}

  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'%s' is not a duration; use a form such as 90s, 15m, 1h or 7d".formatted(text));
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
