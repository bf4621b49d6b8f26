package dev.facet.core.keys;

import org.jspecify.annotations.Nullable;

/**
 * What a deployer says of a key to be made.
 *
 * @param customerId a label
 * @param apiId a label: the API Gateway API
 * @param usagePlanId the usage plan to join; null for a key that is used only on {@code /node},
 *     which the gateway doesn't learn of
 * @param productCode the marketplace product code
 * @param principal the unique id of the one IAM principal that may use it
 */
public record NewKey(
    @Nullable String customerId,
    @Nullable String apiId,
    @Nullable String usagePlanId,
    @Nullable String productCode,
    @Nullable String principal) {}
