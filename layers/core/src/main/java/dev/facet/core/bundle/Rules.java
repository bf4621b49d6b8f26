package dev.facet.core.bundle;

import org.jspecify.annotations.Nullable;

/** Checks with messages that name the property and the rule, because people write manifests. */
final class Rules {

  private Rules() {}

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  static void present(@Nullable Object value, String property) {
    require(value != null, property + " must be provided");
  }

  static void fraction(double value, String property) {
    require(value >= 0 && value <= 1, property + " must be 0..1");
  }
}
