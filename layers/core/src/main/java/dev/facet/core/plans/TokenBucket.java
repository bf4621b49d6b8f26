package dev.facet.core.plans;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket: it admits requests at a sustained rate, and bursts after a pause. Safe for
 * concurrent use.
 */
final class TokenBucket {

  private final double rate;
  private final int burst;
  private double tokens;
  private Instant filled;

  /** Creates a full bucket. */
  TokenBucket(double rate, int burst, Instant now) {
    this.rate = rate;
    this.burst = burst;
    this.tokens = burst;
    this.filled = now;
  }

  /** Returns whether the bucket is full, and so equals a new one. */
  synchronized boolean isFull(Instant now) {
    return filledAt(now) >= burst;
  }

  /** Takes a token if one is available, and returns whether it did. */
  synchronized boolean take(Instant now) {
    if (now.isAfter(filled)) {
      tokens = filledAt(now);
      filled = now;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  private double filledAt(Instant now) {
    double seconds = Math.max(0, Duration.between(filled, now).toNanos() / 1e9);
    return Math.min(burst, tokens + seconds * rate);
  }
}
