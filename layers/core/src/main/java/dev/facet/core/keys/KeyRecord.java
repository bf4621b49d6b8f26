package dev.facet.core.keys;

import dev.facet.core.applications.ApplicationId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stored record of an API key. It contains neither the key nor anything from which a payload
 * key can be derived.
 *
 * @param id the record's own id; the gateway key is tagged with it
 * @param keyId the id that a lookup computes from the key
 * @param application the application of the galleries that the key gives access to
 * @param customerId the deployer's label
 * @param apiId the API Gateway API that the key belongs to; {@link NewKey#NODE} if the gateway does
 *     not hold it
 * @param usagePlanId the API Gateway usage plan that the key belongs to
 * @param productCode the marketplace product code of that plan
 * @param principal the unique id (AIDA… or AROA…) of the only IAM principal that may use the key
 * @param status only {@link KeyStatus#ACTIVE} keys are accepted
 * @param whenCreated when the record was created
 * @param lastUpdated when it last changed
 * @param expiresAt the time from which a rotated key is refused; null for no expiry
 */
public record KeyRecord(
    UUID id,
    KeyId keyId,
    ApplicationId application,
    @Nullable String customerId,
    @Nullable String apiId,
    @Nullable String usagePlanId,
    @Nullable String productCode,
    @Nullable String principal,
    KeyStatus status,
    Instant whenCreated,
    Instant lastUpdated,
    @Nullable Instant expiresAt) {

  /** Returns the record of a key created now. */
  public static KeyRecord of(
      UUID id,
      ApiKey key,
      ApplicationId application,
      NewKey wanted,
      KeyStatus status,
      Instant now) {
    return new KeyRecord(
        id,
        KeyId.of(key),
        application,
        wanted.customerId(),
        wanted.apiId(),
        wanted.usagePlanId(),
        wanted.productCode(),
        wanted.principal(),
        status,
        now,
        now,
        null);
  }

  /** Returns whether the key is accepted at a moment. */
  public boolean isAccepted(Instant now) {
    return status == KeyStatus.ACTIVE && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** Returns whether the gateway holds a key for this record too. */
  public boolean isKnownToGateway() {
    return usagePlanId != null && !NewKey.NODE.equals(apiId);
  }

  /**
   * Returns this record with another status.
   *
   * @throws IllegalStateException if a record never changes so
   */
  public KeyRecord with(KeyStatus next, Instant now) {
    if (!status.mayBecome(next)) {
      throw new IllegalStateException("a key that is %s never becomes %s".formatted(status, next));
    }
    return changed(next, now, expiresAt);
  }

  /** Returns this record with an expiry time. */
  public KeyRecord expiring(Instant end, Instant now) {
    return changed(status, now, end);
  }

  private KeyRecord changed(KeyStatus next, Instant now, @Nullable Instant end) {
    return new KeyRecord(
        id,
        keyId,
        application,
        customerId,
        apiId,
        usagePlanId,
        productCode,
        principal,
        next,
        whenCreated,
        now,
        end);
  }
}
