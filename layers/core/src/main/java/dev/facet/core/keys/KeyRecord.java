package dev.facet.core.keys;

import dev.facet.core.applications.ApplicationId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about an API key. Neither the key nor anything from which a payload key derives is
 * in it.
 *
 * @param id the record's own name; the gateway's key is tagged with it
 * @param keyId what the key is found by
 * @param application whose galleries the key opens
 * @param customerId a label of the deployer's
 * @param apiId the API Gateway API that the key belongs to; {@link NewKey#NODE} if the gateway does
 *     not learn of it
 * @param usagePlanId the API Gateway usage plan that the key belongs to
 * @param productCode the marketplace product code of that plan
 * @param principal the unique id (AIDA… or AROA…) of the one IAM principal that may use the key
 * @param status only {@link KeyStatus#ACTIVE} keys are accepted
 * @param whenCreated when the record was made
 * @param lastUpdated when it last changed
 * @param expiresAt from when on the key is refused, once it was replaced by another; null for ever
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

  /** The record of a key that is made now. */
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

  /** Whether the key is accepted at a moment. */
  public boolean isAccepted(Instant now) {
    return status == KeyStatus.ACTIVE && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** Whether the gateway has a key for this record too. */
  public boolean isKnownToGateway() {
    return usagePlanId != null && !NewKey.NODE.equals(apiId);
  }

  /** The same record, changed to a status. */
  public KeyRecord with(KeyStatus next, Instant now) {
    return changed(next, now, expiresAt);
  }

  /** The same record, accepted until a moment at most. */
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
