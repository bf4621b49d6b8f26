package dev.facet.local.keys;

import dev.facet.core.keys.ApiKey;
import dev.facet.core.keys.Metering;

/**
 * Holds keys to the gateway's plans where they come past it, in the body: with the gateway's own
 * meter, so that a key has one bucket and one quota, whatever it is used for.
 */
public final class NodeMetering implements Metering {

  private final LocalGatewayKeys keys;
  private final UsageMeter meter;

  /** A metering by the plans of these keys; one that the gateway does not know has no limits. */
  public NodeMetering(LocalGatewayKeys keys, UsageMeter meter) {
    this.keys = keys;
    this.meter = meter;
  }

  @Override
  public Verdict admit(ApiKey key) {
    return keys.admitted(key)
        .map(admitted -> verdict(meter.admit(admitted.record(), admitted.plan())))
        .orElse(Verdict.ADMITTED);
  }

  private static Verdict verdict(UsageMeter.Verdict gateways) {
    return switch (gateways) {
      case ADMITTED -> Verdict.ADMITTED;
      case THROTTLED -> Verdict.THROTTLED;
      case QUOTA_SPENT -> Verdict.QUOTA_SPENT;
    };
  }
}
