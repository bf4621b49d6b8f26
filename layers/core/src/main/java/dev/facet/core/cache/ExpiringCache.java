package dev.facet.core.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of values that are loaded on demand and expire. A full cache evicts the entry
 * that was loaded longest ago. Safe for concurrent use; threads that miss the same key at the same
 * time may each load it.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class ExpiringCache<K, V> {

  private final int maxEntries;
  private final InstantSource clock;
  private final Function<? super V, Duration> lifetime;
  private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>();

  private record Entry<V>(V value, Instant expires) {}

  /**
   * Creates an empty cache.
   *
   * @param maxEntries the maximum number of entries, expired ones included
   * @param clock decides which entries have expired
   * @param lifetime the time from the loading of a value to its expiry
   */
  public ExpiringCache(
      int maxEntries, InstantSource clock, Function<? super V, Duration> lifetime) {
    this.maxEntries = maxEntries;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** Returns the cached value of a key, or loads it. An exception of {@code load} is not cached. */
  public V get(K key, Supplier<? extends V> load) {
    Entry<V> cached = cached(key);
    if (cached != null && clock.instant().isBefore(cached.expires())) {
      return cached.value();
    }
    V value = load.get();
    store(key, new Entry<>(value, clock.instant().plus(lifetime.apply(value))));
    return value;
  }

  private synchronized @Nullable Entry<V> cached(K key) {
    return entries.get(key);
  }

  /** Stores an entry as the newest, even if it replaces an older one of the same key. */
  private synchronized void store(K key, Entry<V> entry) {
    entries.putLast(key, entry);
    if (entries.size() > maxEntries) {
      entries.pollFirstEntry();
    }
  }
}
