package dev.facet.local.service;

import dev.facet.local.chaos.Chaos;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/**
 * Enrolments that fail at their first step, the look for what the same operation did before, as
 * long as it is said; everything else is as always.
 *
 * @param fails what happens to that look
 * @param now whether it happens
 */
record OperationsUnreadable(Chaos fails, BooleanSupplier now) implements Chaos {

  static OperationsUnreadable always(Chaos fails) {
    return new OperationsUnreadable(fails, () -> true);
  }

  @Override
  public SdkResponse around(SdkRequest request, Supplier<SdkResponse> call) {
    return request instanceof GetItemRequest get
            && get.key().containsKey("pk")
            && get.key().get("pk").s().startsWith("op#")
            && now.getAsBoolean()
        ? fails.around(request, call)
        : call.get();
  }
}
