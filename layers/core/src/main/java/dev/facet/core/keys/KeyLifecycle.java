package dev.facet.core.keys;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationRegistry;
import dev.facet.core.crypto.RandomText;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import dev.facet.core.revision.Conflicts;
import dev.facet.core.revision.Revisioned;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Creates and deletes API keys. A key consists of a record in the key store and, if the gateway
 * checks it, a gateway key on a usage plan.
 *
 * <p>The two stores cannot change atomically. Creation therefore runs in steps, and the key is
 * refused until the last one: record {@code pending} → gateway key → usage plan → {@code active}. A
 * fault in between rolls the earlier steps back; after a crash the record stays {@code pending}
 * until {@link #repair} completes or rolls back the creation. Deletion runs in the opposite order,
 * and its first step makes the key refused for good: record {@code deleting} → no gateway key → no
 * record.
 *
 * <p>Commands may run at the same time, also in different processes. Each change of a record is
 * conditional on the revision that it was decided on, and is decided again if another came first;
 * the result is that of some order of the commands.
 */
public final class KeyLifecycle {

  /** 40 characters of an alphabet of 62: 238 random bits. */
  private static final int SECRET_LENGTH = 40;

  private final KeyRegistry registry;
  private final ApplicationRegistry applications;
  private final GatewayKeys gateway;
  private final Clock clock;
  private final SecureRandom random;

  /** Creates a life cycle over these stores. */
  public KeyLifecycle(
      KeyRegistry registry,
      ApplicationRegistry applications,
      GatewayKeys gateway,
      Clock clock,
      SecureRandom random) {
    this.registry = registry;
    this.applications = applications;
    this.gateway = gateway;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A newly created key.
   *
   * @param record the stored record
   * @param key the key itself, returned only this once
   */
  public record Issued(KeyRecord record, ApiKey key) {}

  /** Creates a key for a new application. */
  public Issued create(NewKey wanted) {
    return create(wanted, () -> {});
  }

  /**
   * Creates a key for a new application.
   *
   * @param check runs when others can see the key's record and before the key is accepted; a fault
   *     that it throws rolls the creation back
   */
  public Issued create(NewKey wanted, Runnable check) {
    ApplicationId application = new ApplicationId(randomUuid());
    applications.put(null, Application.withDefaults(application));
    return issue(wanted, application, check, () -> {});
  }

  /**
   * Creates another key for the application of an existing key. The old key is refused once the
   * overlap has passed; ids that clients stored encrypted under it become unreadable then.
   *
   * @param overlap how long both keys are accepted; not negative
   * @throws InvalidRequest if the key does not exist or is not active
   */
  public Issued rotate(UUID id, Duration overlap) {
    if (overlap.isNegative()) {
      throw new InvalidRequest("overlap must not be negative.");
    }
    KeyRecord old = rotatable(get(id));
    NewKey wanted =
        new NewKey(
            old.customerId(), old.apiId(), old.usagePlanId(), old.productCode(), old.principal());
    return issue(wanted, old.application(), () -> {}, () -> expire(old, overlap));
  }

  /** Lets an old key end after the overlap, unless it was disabled or deleted meanwhile. */
  private void expire(KeyRecord old, Duration overlap) {
    change(
        old,
        record -> {
          Instant now = clock.instant();
          return rotatable(record).expiring(now.plus(overlap), now);
        });
  }

  private KeyRecord rotatable(KeyRecord record) {
    if (!record.isAccepted(clock.instant())) {
      throw new InvalidRequest("Only an active key can be rotated.");
    }
    return record;
  }

  /** Returns all records, oldest first. */
  public List<KeyRecord> list() {
    return registry.list().stream().map(Revisioned::value).toList();
  }

  /**
   * Returns one record.
   *
   * @throws InvalidRequest if no record has this id
   */
  public KeyRecord get(UUID id) {
    return list().stream()
        .filter(record -> record.id().equals(id))
        .findFirst()
        .orElseThrow(() -> gone(id));
  }

  /**
   * Disables a key. The record changes first, so the key is refused even while the gateway still
   * accepts it.
   *
   * @throws InvalidRequest if the key does not exist, or its creation or deletion is unfinished
   */
  public KeyRecord disable(UUID id) {
    return converged(
        change(get(id), record -> finished(record).with(KeyStatus.DISABLED, clock.instant())));
  }

  /**
   * Enables a disabled key again.
   *
   * @throws InvalidRequest if the key does not exist, or its creation or deletion is unfinished
   */
  public KeyRecord enable(UUID id) {
    KeyRecord known = finished(get(id));
    // first, so that a key whose record is active is never refused by the gateway
    gateway.enable(id, true);
    return converged(
        change(known, record -> finished(record).with(KeyStatus.ACTIVE, clock.instant())));
  }

  /** Deletes a key. The application and its galleries stay. */
  public void delete(UUID id) {
    end(get(id));
  }

  /**
   * Completes or rolls back creations and deletions that a crash interrupted. A pending key that
   * the gateway has is put on its plan and activated; every other unfinished key is deleted.
   *
   * @param age the minimum time since a record's last change; excludes operations in progress
   * @return the repaired records, each with its result
   */
  public List<Repaired> repair(Duration age) {
    Instant before = clock.instant().minus(age);
    return registry.list().stream()
        .filter(seen -> seen.value().status().isUnfinished())
        .filter(seen -> seen.value().lastUpdated().isBefore(before))
        .flatMap(seen -> Conflicts.unlessChanged(() -> repaired(seen)).stream())
        .toList();
  }

  /**
   * The result of repairing an unfinished record.
   *
   * @param id the record's id
   * @param record the record now; null if it was deleted
   */
  public record Repaired(UUID id, @Nullable KeyRecord record) {}

  private Repaired repaired(Revisioned<KeyRecord> unfinished) {
    KeyRecord record = unfinished.value();
    if (record.status() == KeyStatus.PENDING && isCompleted(record)) {
      KeyRecord active = record.with(KeyStatus.ACTIVE, clock.instant());
      return new Repaired(record.id(), registry.put(unfinished, active).value());
    }
    if (record.status() != KeyStatus.DELETING) {
      registry.put(unfinished, record.with(KeyStatus.DELETING, clock.instant()));
    }
    end(record);
    return new Repaired(record.id(), null);
  }

  /** Completes a creation at the gateway; returns false if it has to be rolled back. */
  private boolean isCompleted(KeyRecord pending) {
    Optional<GatewayKeys.Presence> presence =
        pending.isKnownToGateway() ? gateway.find(pending.id()) : Optional.empty();
    if (presence.isEmpty()) {
      return false;
    }
    try {
      if (!presence.get().planned()) {
        gateway.join(pending);
      }
      return true;
    } catch (InvalidRequest planIsGone) {
      return false;
    }
  }

  private static KeyRecord finished(KeyRecord record) {
    if (record.status().isUnfinished()) {
      throw new InvalidRequest(
          "The creation or deletion of key %s is unfinished; run repair first."
              .formatted(record.id()));
    }
    return record;
  }

  private Issued issue(NewKey wanted, ApplicationId application, Runnable check, Runnable last) {
    ApiKey key = randomKey();
    KeyRecord pending = pending(wanted, application, key);
    registry.put(null, pending);
    try {
      check.run();
      if (pending.isKnownToGateway()) {
        gateway.create(pending, key);
        gateway.join(pending);
      }
      Issued issued = new Issued(change(pending, this::activated).value(), key);
      last.run();
      return issued;
    } catch (Fault fault) {
      undoAfter(fault, pending);
      throw fault;
    }
  }

  /** Returns the record of a created key; a repair may have activated it before its creator. */
  private KeyRecord activated(KeyRecord record) {
    return switch (record.status()) {
      case PENDING -> record.with(KeyStatus.ACTIVE, clock.instant());
      case ACTIVE, DISABLED -> record;
      case DELETING -> throw gone(record.id());
    };
  }

  private void undoAfter(Fault fault, KeyRecord record) {
    try {
      end(record);
    } catch (Fault another) {
      // the record stays, and its key is refused, until a repair
      fault.addSuppressed(another);
    }
  }

  /** Deletes a key in whatever status it is now. */
  private void end(KeyRecord record) {
    Optional<Revisioned<KeyRecord>> doomed =
        Conflicts.retrying(() -> registry.read(record.keyId()).map(this::doomed));
    gateway.delete(record.id());
    doomed.ifPresent(registry::delete);
  }

  private Revisioned<KeyRecord> doomed(Revisioned<KeyRecord> record) {
    return record.value().status() == KeyStatus.DELETING
        ? record
        : registry.put(record, record.value().with(KeyStatus.DELETING, clock.instant()));
  }

  /**
   * Changes the latest revision of a record.
   *
   * @param change decides on that revision; runs again if another write comes first
   */
  private Revisioned<KeyRecord> change(KeyRecord record, UnaryOperator<KeyRecord> change) {
    return Conflicts.retrying(
        () -> {
          Revisioned<KeyRecord> latest =
              registry.read(record.keyId()).orElseThrow(() -> gone(record.id()));
          KeyRecord next = change.apply(latest.value());
          return next.equals(latest.value()) ? latest : registry.put(latest, next);
        });
  }

  /**
   * Makes the gateway accept or refuse a key as its record says. Repeats this if the record changes
   * meanwhile, because the gateway's changes have no order among concurrent commands.
   *
   * @return the record as this command wrote it
   */
  private KeyRecord converged(Revisioned<KeyRecord> written) {
    Optional<Revisioned<KeyRecord>> latest = Optional.of(written);
    Optional<Revisioned<KeyRecord>> applied = Optional.empty();
    while (latest.isPresent() && !latest.equals(applied)) {
      KeyRecord record = latest.get().value();
      gateway.enable(record.id(), record.status() == KeyStatus.ACTIVE);
      applied = latest;
      latest = registry.read(record.keyId());
    }
    return written.value();
  }

  private static InvalidRequest gone(UUID id) {
    return new InvalidRequest("There is no key " + id + ".");
  }

  private KeyRecord pending(NewKey wanted, ApplicationId application, ApiKey key) {
    return KeyRecord.of(randomUuid(), key, application, wanted, KeyStatus.PENDING, clock.instant());
  }

  private ApiKey randomKey() {
    return new ApiKey(RandomText.base62(random, SECRET_LENGTH));
  }

  private UUID randomUuid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UuidV4.of(bytes);
  }
}
