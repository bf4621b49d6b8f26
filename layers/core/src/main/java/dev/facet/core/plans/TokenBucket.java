package dev.facet.core.plans;

import java.time.Duration;
import java.time.Instant;

/** Lets requests pass at a sustained rate, and some at once after a pause. */
final class TokenBucket {

  private final double rate;
  private final int burst;
  private double tokens;
  private Instant filled;

  /** A full bucket. */
  TokenBucket(double rate, int burst, Instant now) {
    this.rate = rate;
    this.burst = burst;
    this.tokens = burst;
    this.filled = now;
  }

  /** Takes a token if there is one. */
  synchronized boolean take(Instant now) {
    if (now.isAfter(filled)) {
      double seconds = Duration.between(filled, now).toNanos() / 1e9;
      tokens = Math.min(burst, tokens + seconds * rate);
      filled = now;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
