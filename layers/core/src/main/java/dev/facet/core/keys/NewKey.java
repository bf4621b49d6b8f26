package dev.facet.core.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a key to be created.
 *
 * @param customerId a label
 * @param apiId the API that the key is for; {@link #NODE} if it is used only on {@code /node}
 * @param usagePlanId the usage plan that limits the key
 * @param productCode the marketplace product code of that plan
 * @param principal the unique id of the only IAM principal that may use the key
 * @param term the time from which the key is refused; null for no expiry
 */
public record NewKey(
    @Nullable String customerId,
    @Nullable String apiId,
    @Nullable String usagePlanId,
    @Nullable String productCode,
    @Nullable String principal,
    @Nullable Instant term) {

  /** The API of keys that the gateway does not hold: {@code /v1} refuses them. */
  public static final String NODE = "node";

  /** Creates the properties of a key that does not expire. */
  public NewKey(
      @Nullable String customerId,
      @Nullable String apiId,
      @Nullable String usagePlanId,
      @Nullable String productCode,
      @Nullable String principal) {
    this(customerId, apiId, usagePlanId, productCode, principal, null);
  }

  /** A key without a plan or labels that any principal may use. */
  public static final NewKey PLAIN = new NewKey(null, null, null, null, null);
}
