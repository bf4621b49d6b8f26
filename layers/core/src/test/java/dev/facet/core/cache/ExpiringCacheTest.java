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
  void a_value_is_loaded_once_until_it_expires() {
    load("short");
    load("short");
    assertThat(loads).isEqualTo(1);

    now = now.plusSeconds(1);
    load("short");
    assertThat(loads).isEqualTo(2);
  }

  @Test
  void the_lifetime_depends_on_the_value() {
    load("short");
    load("long");
    now = now.plusSeconds(9);
    load("long");
    assertThat(loads).isEqualTo(2);

    load("short");
    assertThat(loads).isEqualTo(3);
  }

  @Test
  void a_full_cache_evicts_the_oldest_entry() {
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
  void a_renewed_entry_is_not_evicted_first() {
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
  void a_failure_is_not_cached() {
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
