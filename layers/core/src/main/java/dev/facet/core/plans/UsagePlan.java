package dev.facet.core.plans;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A usage plan: the rate and quota limits of each key on it.
 *
 * @param id the plan's id
 * @param name the display name; the id for a plan without a name
 * @param rate sustained requests per second; &gt; 0
 * @param burst maximum number of requests at once; &ge; 1
 * @param quota maximum number of requests in a longer period; null for no quota
 * @param productCode the marketplace product code; null if the plan is not sold
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

  /** Creates an unsold plan with its id as its name. */
  public UsagePlan(String id, double rate, int burst, @Nullable Quota quota) {
    this(id, id, rate, burst, quota, null);
  }

  /**
   * A limit on the number of requests in a period.
   *
   * @param limit maximum number in a period; &ge; 0
   */
  public record Quota(long limit, Period period) {}

  /** A calendar period, in UTC. */
  public enum Period {
    /** A day, from midnight. */
    DAY {
      @Override
      public LocalDate begin(LocalDate today) {
        return today;
      }
    },
    /** A week, from Monday. */
    WEEK {
      @Override
      public LocalDate begin(LocalDate today) {
        return today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      }
    },
    /** A month, from its first day. */
    MONTH {
      @Override
      public LocalDate begin(LocalDate today) {
        return today.withDayOfMonth(1);
      }
    };

    /** Returns the first day of the period that contains a day. */
    public abstract LocalDate begin(LocalDate today);
  }
}
