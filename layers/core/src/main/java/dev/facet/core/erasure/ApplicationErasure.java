package dev.facet.core.erasure;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationAdministration;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.erasure.ApplicationContents.Content;
import dev.facet.core.erasure.ApplicationContents.Kind;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.keys.KeyLifecycle;
import dev.facet.core.keys.KeyRecord;
import dev.facet.core.retry.Retries.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Erases applications with all that is stored of them.
 *
 * <p>The first step marks the application as being erased, so that its keys and commands are
 * refused as soon as each process reads it again. Erasure then waits until no request that began
 * before can still write, erases the contents, then the keys, and enumerates the contents until
 * none is left. The application's item goes last, so a repetition after a crash at any point
 * completes the erasure.
 */
public final class ApplicationErasure {

  /**
   * The time after the marking from which nothing is written any more: five seconds for which
   * settings are cached and the longest request, doubled.
   */
  public static final Duration CACHES_EXPIRE = Duration.ofSeconds(60);

  /** The number of enumerations of a store in which new contents may appear. */
  private static final int MAX_ROUNDS = 10;

  /** A request of DynamoDB deletes 25 items. */
  private static final int BATCH_SIZE = 25;

  private final ApplicationAdministration applications;
  private final KeyLifecycle keys;
  private final ApplicationContents contents;
  private final DeletionLedger ledger;
  private final Duration wait;
  private final InstantSource clock;
  private final Pause pause;

  /**
   * @param keys the keys, and the applications that they belong to
   * @param contents all else that is stored of them
   * @param ledger receives their ids, so that no restore brings them back
   * @param wait the time after the marking from which nothing is written any more: {@link
   *     #CACHES_EXPIRE}, or zero where no service runs
   */
  public ApplicationErasure(
      KeyLifecycle keys,
      ApplicationContents contents,
      DeletionLedger ledger,
      Duration wait,
      InstantSource clock,
      Pause pause) {
    this.applications = keys.applications();
    this.keys = keys;
    this.contents = contents;
    this.ledger = ledger;
    this.wait = wait;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * The result of an erasure.
   *
   * @param contents the number of items and objects erased by this run, of each kind
   * @param keys the number of keys erased by this run
   * @param recoveryDays for how many days backups still hold all of it; empty without backups
   */
  public record Erased(Map<Kind, Integer> contents, int keys, OptionalInt recoveryDays) {
    /** Copies the map. */
    public Erased {
      contents = Map.copyOf(contents);
    }
  }

  /**
   * Erases an application, or completes an erasure that was interrupted.
   *
   * @throws InvalidRequest if no application has this id
   * @throws TransientFault if a store cannot continue now, or if contents keep appearing; a
   *     repetition goes on from there
   */
  public Erased erase(ApplicationId id) {
    OptionalInt recoveryDays = contents.recoveryDays();
    Application marked = applications.beginErasure(id, clock.instant());
    ledger.applicationErased(id, clock.instant());
    awaitExpiry(marked);
    Map<Kind, Integer> erased = new EnumMap<>(Kind.class);
    Set<UUID> keyRecords = keyRecords(id);
    eraseContents(id, keyRecords, erased);
    int deleted = keys.deleteAll(id);
    eraseRest(id, keyRecords, erased);
    applications.endErasure(id);
    return new Erased(erased, deleted, recoveryDays);
  }

  private void awaitExpiry(Application marked) {
    Instant since = marked.erasingSince();
    Duration left = since == null ? wait : Duration.between(clock.instant(), since.plus(wait));
    if (left.isPositive()) {
      try {
        pause.of(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TransientFault(
            TransientFault.Kind.TIMEOUT, "The erasure was interrupted; run it again.", e);
      }
    }
  }

  private Set<UUID> keyRecords(ApplicationId id) {
    return keys.list().stream()
        .filter(record -> record.application().equals(id))
        .map(KeyRecord::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void eraseRest(ApplicationId id, Set<UUID> keyRecords, Map<Kind, Integer> erased) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (eraseContents(id, keyRecords, erased) == 0) {
        return;
      }
    }
    throw new TransientFault(
        TransientFault.Kind.CONFLICT,
        "Something still writes for application %s; run the command again.".formatted(id));
  }

  private int eraseContents(ApplicationId id, Set<UUID> keyRecords, Map<Kind, Integer> erased) {
    int before = sum(erased);
    try (Stream<Content> found = contents.list(id, keyRecords)) {
      found.gather(Gatherers.windowFixed(BATCH_SIZE)).forEach(batch -> erase(batch, erased));
    }
    return sum(erased) - before;
  }

  private void erase(List<Content> batch, Map<Kind, Integer> erased) {
    contents.erase(batch);
    batch.forEach(content -> erased.merge(content.kind(), 1, Integer::sum));
  }

  private static int sum(Map<Kind, Integer> erased) {
    return erased.values().stream().mapToInt(Integer::intValue).sum();
  }
}
