package dev.facet.core.fakes;

import dev.facet.core.faults.TransientFault;
import dev.facet.core.plans.SharedBuckets;
import dev.facet.core.plans.UsagePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@link SharedBuckets} in memory. */
public final class InMemoryBuckets implements SharedBuckets {

  private final Map<UUID, Instant> fullAt = new HashMap<>();

  /** The number of calls. */
  public int calls;

  /** Whether every call meets a fault. */
  public boolean down;

  @Override
  public synchronized Grant take(
      UUID key, UsagePlan plan, int tokens, Instant now, @Nullable Grant last) {
    calls++;
    if (down) {
      throw new TransientFault(TransientFault.Kind.UNAVAILABLE, "down");
    }
    Instant full = fullAt.getOrDefault(key, now);
    Instant from = full.isBefore(now) ? now : full;
    Instant next = from.plus(time(tokens, plan));
    if (next.isAfter(now.plus(time(plan.burst(), plan)))) {
      return new Grant(0, from);
    }
    fullAt.put(key, next);
    return new Grant(tokens, next);
  }

  private static Duration time(int tokens, UsagePlan plan) {
    return Duration.ofNanos((long) (tokens * 1e9 / plan.rate()));
  }
}
