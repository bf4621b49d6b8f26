package dev.facet.local.administration;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses durations in text, such as {@code 90s}, {@code 15m}, {@code 1h} and {@code 7d}, and dates.
 */
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

  /** Parses a date, which stands for its begin in UTC, or an instant in ISO 8601. */
  static Instant parseDate(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'%s' is not a date; use a form such as 2027-01-31 or 2027-01-31T12:00:00Z"
              .formatted(text));
    }
  }
}
