package dev.facet.core.keys;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a key to be made.
 *
 * @param customerId a label
 * @param apiId the API that it is for; {@link #NODE} if it is used only on {@code /node}
 * @param usagePlanId the usage plan that it is held to
 * @param productCode the marketplace product code of that plan
 * @param principal the unique id of the one IAM principal that may use it
 */
public record NewKey(
    @Nullable String customerId,
    @Nullable String apiId,
    @Nullable String usagePlanId,
    @Nullable String productCode,
    @Nullable String principal) {

  /** The API of keys that the gateway does not learn of: {@code /v1} refuses them. */
  public static final String NODE = "node";

  /** On no plan, without labels, for whoever signs. */
  public static final NewKey PLAIN = new NewKey(null, null, null, null, null);
}
