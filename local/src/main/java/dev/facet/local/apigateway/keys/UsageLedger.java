package dev.facet.local.apigateway.keys;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.core.plans.UsageCounter;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.local.data.PrivateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The quota usage of each key, kept across restarts. It is written once a second while it changes,
 * and on close: a crash loses at most the last second's requests.
 */
public final class UsageLedger implements UsageCounter, AutoCloseable {

  private final PrivateFile<Map<UUID, Used>> file;
  private final Map<UUID, Used> used;
  private final Thread writer;
  private boolean changed;

  /**
   * The usage of a key.
   *
   * @param period the first day of the period
   */
  record Used(String period, long requests) {}

  /** Reads the ledger of a file, which need not exist yet. */
  public UsageLedger(Path path) {
    file = new PrivateFile<>(path, new TypeReference<>() {});
    used = new HashMap<>(file.read().orElse(Map.of()));
    writer = Thread.ofVirtual().name("usage").start(this::writeEverySecond);
  }

  @Override
  public synchronized boolean spend(UUID key, Quota quota, LocalDate today) {
    String period = quota.period().begin(today).toString();
    Used before = used.get(key);
    long requests = before != null && before.period().equals(period) ? before.requests() : 0;
    if (requests >= quota.limit()) {
      return false;
    }
    used.put(key, new Used(period, requests + 1));
    changed = true;
    return true;
  }

  /** Writes the last changes. */
  @Override
  public void close() {
    writer.interrupt();
    write();
  }

  private void writeEverySecond() {
    try {
      while (true) {
        Thread.sleep(Duration.ofSeconds(1));
        write();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void write() {
    if (changed) {
      file.write(used);
      changed = false;
    }
  }
}
