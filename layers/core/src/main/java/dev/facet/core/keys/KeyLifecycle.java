package dev.facet.core.keys;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.crypto.RandomText;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.Fault;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
 */
public final class KeyLifecycle {

  /** 40 characters of an alphabet of 62: 238 random bits. */
  private static final int SECRET_LENGTH = 40;

  private final KeyRegistry registry;
  private final ApplicationStore applications;
  private final GatewayKeys gateway;
  private final Clock clock;
  private final SecureRandom random;

  /** Creates a life cycle over these stores. */
  public KeyLifecycle(
      KeyRegistry registry,
      ApplicationStore applications,
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
    ApplicationId application = new ApplicationId(randomUuid());
    applications.put(Application.withDefaults(application));
    return issue(wanted, application);
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
    KeyRecord old = get(id);
    if (!old.isAccepted(clock.instant())) {
      throw new InvalidRequest("Only an active key can be rotated.");
    }
    NewKey wanted =
        new NewKey(
            old.customerId(), old.apiId(), old.usagePlanId(), old.productCode(), old.principal());
    Issued issued = issue(wanted, old.application());
    Instant now = clock.instant();
    registry.put(old.expiring(now.plus(overlap), now));
    return issued;
  }

  /** Returns all records, oldest first. */
  public List<KeyRecord> list() {
    return registry.list();
  }

  /**
   * Returns one record.
   *
   * @throws InvalidRequest if no record has this id
   */
  public KeyRecord get(UUID id) {
    return registry.list().stream()
        .filter(record -> record.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new InvalidRequest("There is no key " + id + "."));
  }

  /**
   * Disables a key. The record changes first, so the key is refused even while the gateway still
   * accepts it.
   *
   * @throws InvalidRequest if the key does not exist, or its creation or deletion is unfinished
   */
  public KeyRecord disable(UUID id) {
    KeyRecord disabled = finished(id).with(KeyStatus.DISABLED, clock.instant());
    registry.put(disabled);
    gateway.enable(id, false);
    return disabled;
  }

  /**
   * Enables a disabled key again.
   *
   * @throws InvalidRequest if the key does not exist, or its creation or deletion is unfinished
   */
  public KeyRecord enable(UUID id) {
    KeyRecord record = finished(id);
    gateway.enable(id, true);
    KeyRecord enabled = record.with(KeyStatus.ACTIVE, clock.instant());
    registry.put(enabled);
    return enabled;
  }

  /** Deletes a key. The application and its galleries stay. */
  public void delete(UUID id) {
    undo(get(id));
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
        .filter(record -> record.status().isUnfinished())
        .filter(record -> record.lastUpdated().isBefore(before))
        .map(this::repaired)
        .toList();
  }

  /**
   * The result of repairing an unfinished record.
   *
   * @param id the record's id
   * @param record the record now; null if it was deleted
   */
  public record Repaired(UUID id, @Nullable KeyRecord record) {}

  private Repaired repaired(KeyRecord unfinished) {
    Optional<GatewayKeys.Presence> presence = gateway.find(unfinished.id());
    if (presence.isEmpty()
        || unfinished.status() == KeyStatus.DELETING
        || !unfinished.isKnownToGateway()) {
      undo(unfinished);
      return new Repaired(unfinished.id(), null);
    }
    if (!presence.get().planned()) {
      gateway.join(unfinished);
    }
    return new Repaired(unfinished.id(), activate(unfinished));
  }

  private KeyRecord finished(UUID id) {
    KeyRecord record = get(id);
    if (record.status().isUnfinished()) {
      throw new InvalidRequest(
          "The creation or deletion of key %s is unfinished; run repair first.".formatted(id));
    }
    return record;
  }

  private Issued issue(NewKey wanted, ApplicationId application) {
    ApiKey key = randomKey();
    KeyRecord pending = pending(wanted, application, key);
    registry.put(pending);
    try {
      if (pending.isKnownToGateway()) {
        gateway.create(pending, key);
        gateway.join(pending);
      }
      return new Issued(activate(pending), key);
    } catch (Fault fault) {
      undoAfter(fault, pending);
      throw fault;
    }
  }

  private KeyRecord activate(KeyRecord pending) {
    KeyRecord active = pending.with(KeyStatus.ACTIVE, clock.instant());
    registry.put(active);
    return active;
  }

  private void undoAfter(Fault fault, KeyRecord record) {
    try {
      undo(record);
    } catch (Fault another) {
      // the record stays, and its key is refused, until a repair
      fault.addSuppressed(another);
    }
  }

  private void undo(KeyRecord record) {
    registry.put(record.with(KeyStatus.DELETING, clock.instant()));
    gateway.delete(record.id());
    registry.delete(record.keyId());
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
