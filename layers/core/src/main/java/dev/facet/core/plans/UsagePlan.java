package dev.facet.core.plans;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much each of a plan's keys may be used.
 *
 * @param id names the plan
 * @param name what people call it; its id where nobody gave it a name
 * @param rate requests a second, sustained; &gt; 0
 * @param burst requests at once; &ge; 1
 * @param quota how many in a longer period; null for any number
 * @param productCode what it is sold as in the marketplace; null if it is not
 */
public record UsagePlan(
    String id,
    String name,
    double rate,
    int burst,
    @Nullable Quota quota,
    @Nullable String productCode) {

  /** Checks the ranges. */
  public UsagePlan {
    if (!(rate > 0) || burst < 1) {
      throw new IllegalArgumentException("a usage plan has a rate > 0 and a burst >= 1");
    }
    name = Objects.requireNonNullElse(name, id);
  }

  /** A plan without a name of its own, and not sold. */
  public UsagePlan(String id, double rate, int burst, @Nullable Quota quota) {
    this(id, id, rate, burst, quota, null);
  }

  /**
   * A number of requests.
   *
   * @param limit the most in a period; &ge; 0
   */
  public record Quota(long limit, Period period) {}

  /** A calendar period, in UTC. */
  public enum Period {
    /** From midnight on. */
    DAY {
      @Override
      public LocalDate begin(LocalDate today) {
        return today;
      }
    },
    /** From Monday on. */
    WEEK {
      @Override
      public LocalDate begin(LocalDate today) {
        return today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      }
    },
    /** From the first on. */
    MONTH {
      @Override
      public LocalDate begin(LocalDate today) {
        return today.withDayOfMonth(1);
      }
    };

    /** When the period began that a day lies in. */
    public abstract LocalDate begin(LocalDate today);
  }
}
