package dev.facet.core.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiringCacheTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int loads;
  private final ExpiringCache<String, String> cache =
      new ExpiringCache<>(
          2, () -> now, value -> Duration.ofSeconds(value.startsWith("long") ? 10 : 1));

  @Test
  void aValueIsLoadedOnceUntilItExpires() {
    load("short");
    load("short");
    assertThat(loads).isEqualTo(1);

    now = now.plusSeconds(1);
    load("short");
    assertThat(loads).isEqualTo(2);
  }

  @Test
  void theLifetimeDependsOnTheValue() {
    load("short");
    load("long");
    now = now.plusSeconds(9);
    load("long");
    assertThat(loads).isEqualTo(2);

    load("short");
    assertThat(loads).isEqualTo(3);
  }

  @Test
  void aFullCacheEvictsTheOldestEntry() {
    load("long 1");
    load("long 2");
    load("long 3");
    assertThat(loads).isEqualTo(3);

    load("long 2");
    load("long 3");
    assertThat(loads).isEqualTo(3);
    load("long 1");
    assertThat(loads).isEqualTo(4);
  }

  @Test
  void aRenewedEntryIsNotEvictedFirst() {
    load("short");
    load("long 2");
    now = now.plusSeconds(1);
    load("short");
    load("long 3");
    assertThat(loads).isEqualTo(4);

    load("short");
    assertThat(loads).isEqualTo(4);
    load("long 2");
    assertThat(loads).isEqualTo(5);
  }

  @Test
  void aFailureIsNotCached() {
    assertThatThrownBy(
            () ->
                cache.get(
                    "long",
                    () -> {
                      throw new IllegalStateException("down");
                    }))
        .isInstanceOf(IllegalStateException.class);

    load("long");
    assertThat(loads).isEqualTo(1);
  }

  private void load(String key) {
    assertThat(
            cache.get(
                key,
                () -> {
                  loads++;
                  return key;
                }))
        .isEqualTo(key);
  }
}
