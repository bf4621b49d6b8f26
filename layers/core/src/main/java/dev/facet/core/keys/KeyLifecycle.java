package dev.facet.core.keys;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InvalidRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes and unmakes API keys: a record of ours and, for keys that the gateway checks, a key of the
 * gateway's on a usage plan.
 *
 * <p>The two can't change together, so a key is made in steps, each of which leaves it refused
 * until the last: record {@code pending} → gateway key → usage plan → {@code active}. A fault on
 * the way undoes what was done; after a crash the record stays {@code pending}, which {@link
 * #repair} finishes or undoes. Keys are unmade in the opposite order, refused for good by the first
 * step: record {@code deleting} → no gateway key → no record.
 */
public final class KeyLifecycle {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** 40 characters of 62: 238 random bits. */
  private static final int LENGTH = 40;

  private final KeyRegistry registry;
  private final ApplicationStore applications;
  private final GatewayKeys gateway;
  private final Clock clock;
  private final SecureRandom random;

  /** A life cycle over these stores. */
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
   * A key that was made.
   *
   * @param record what is stored of it
   * @param key the key itself, shown this once
   */
  public record Issued(KeyRecord record, ApiKey key) {}

  /** Makes a key for a new application. */
  public Issued create(NewKey wanted) {
    ApplicationId application = new ApplicationId(randomUuid());
    applications.put(Application.withDefaults(application));
    return issue(wanted, application);
  }

  /**
   * Makes another key for the application of a key. The old one is refused after the overlap; ids
   * that clients stored encrypted under it can't be read any more then.
   *
   * @param overlap how long both are accepted; not negative
   * @throws InvalidRequest if there is no such key, or it is not active
   */
  public Issued rotate(UUID id, Duration overlap) {
    if (overlap.isNegative()) {
      throw new InvalidRequest("overlap must not be negative.");
    }
    KeyRecord old = show(id);
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

  /** All records, oldest first. */
  public List<KeyRecord> list() {
    return registry.list();
  }

  /**
   * One record.
   *
   * @throws InvalidRequest if there is none of this id
   */
  public KeyRecord show(UUID id) {
    return registry.list().stream()
        .filter(record -> record.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new InvalidRequest("There is no key " + id + "."));
  }

  /**
   * Has a key refused, by the record first, whatever the gateway still says.
   *
   * @throws InvalidRequest if there is no such key, or it is being made or unmade
   */
  public KeyRecord disable(UUID id) {
    KeyRecord disabled = finished(id).with(KeyStatus.DISABLED, clock.instant());
    registry.put(disabled);
    gateway.enable(id, false);
    return disabled;
  }

  /**
   * Has a disabled key accepted again.
   *
   * @throws InvalidRequest if there is no such key, or it is being made or unmade
   */
  public KeyRecord enable(UUID id) {
    KeyRecord record = finished(id);
    gateway.enable(id, true);
    KeyRecord enabled = record.with(KeyStatus.ACTIVE, clock.instant());
    registry.put(enabled);
    return enabled;
  }

  /** Removes a key for good. The application and its galleries stay. */
  public void delete(UUID id) {
    undo(show(id));
  }

  /**
   * Finishes or undoes what a crash left unfinished: a key being made that the gateway has is put
   * on its plan and accepted, any other is removed.
   *
   * @param age only records unchanged for longer, so that what is under way is left alone
   * @return what became of them
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
   * What became of an unfinished record.
   *
   * @param id the record's
   * @param record the record now; null if it was undone
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
    KeyRecord record = show(id);
    if (record.status().isUnfinished()) {
      throw new InvalidRequest("Key %s is being made or deleted: repair it.".formatted(id));
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
      // the record stays, refused until it is repaired
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
    StringBuilder secret = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new ApiKey(secret.toString());
  }

  private UUID randomUuid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UuidV4.of(bytes);
  }
}
