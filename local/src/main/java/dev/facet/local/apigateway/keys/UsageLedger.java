package dev.facet.local.apigateway.keys;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.core.faults.StorageUnavailable;
import dev.facet.core.plans.UsageCounter;
import dev.facet.core.plans.UsagePlan.Quota;
import dev.facet.local.data.DataFolderUnusable;
import dev.facet.local.data.PrivateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The quota usage of each key, kept across restarts. It is written once a second while it changes,
 * and on close: a crash loses at most the last second's requests. While the data folder accepts no
 * writes, the usage is counted in memory, and written when there is room again. A key's usage is
 * removed a month after the last period in which it was used.
 */
public final class UsageLedger implements UsageCounter, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(UsageLedger.class.getName());

  /** A month, the longest period of a quota. */
  private static final Period LONGEST_PERIOD = Period.ofDays(31);

  private final Runnable requirePresent;
  private final PrivateFile<Map<UUID, Used>> file;
  private final Map<UUID, Used> used;
  private final Thread writer;
  private boolean changed;
  private boolean failing;

  /**
   * The usage of a key.
   *
   * @param period the first day of the period
   */
  record Used(String period, long requests) {}

  /** Reads the ledger of a file, which need not exist yet. */
  public UsageLedger(Path path) {
    this(path, () -> {});
  }

  /**
   * Reads the ledger of a file in a data folder.
   *
   * @param requirePresent throws {@link StorageUnavailable} if the folder was removed or replaced,
   *     so that nothing is written into another service's folder
   */
  public UsageLedger(Path path, Runnable requirePresent) {
    this.requirePresent = requirePresent;
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
    if (before == null || !before.period().equals(period)) {
      forgetBefore(today.minus(LONGEST_PERIOD));
    }
    used.put(key, new Used(period, requests + 1));
    changed = true;
    return true;
  }

  /** Removes the usage of periods that have ended, so that deleted keys leave nothing for ever. */
  private void forgetBefore(LocalDate begin) {
    used.values().removeIf(usage -> LocalDate.parse(usage.period()).isBefore(begin));
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

  /** Writes the changes; if that fails, they are written later. */
  private synchronized void write() {
    if (!changed) {
      return;
    }
    try {
      requirePresent.run();
      file.write(used);
      changed = false;
      failing = false;
    } catch (DataFolderUnusable | StorageUnavailable notNow) {
      if (!failing) {
        LOG.log(
            System.Logger.Level.WARNING, "The usage of keys is not stored: " + notNow.getMessage());
      }
      failing = true;
    }
  }
}
