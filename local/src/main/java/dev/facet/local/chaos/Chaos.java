package dev.facet.local.chaos;

import java.security.SecureRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** Stands between the service and its stores, and may spoil what passes. */
@FunctionalInterface
public interface Chaos {

  /** No faults but real ones. */
  Chaos NONE = (request, call) -> call.get();

  /**
   * Makes a call, or does not.
   *
   * @param request what the service asks for
   * @param call asks the store
   * @return the store's answer
   * @throws RuntimeException what the store's client throws when it fails
   */
  SdkResponse around(SdkRequest request, Supplier<SdkResponse> call);

  /**
   * Reads {@code throttle=0.3,timeout=0.05}; either may be left out. Chance decides.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  static Chaos parse(String text) {
    double throttle = 0;
    double timeout = 0;
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] fault = part.split("=", -1);
      double share = fault.length == 2 ? Double.parseDouble(fault[1]) : Double.NaN;
      switch (fault[0].strip()) {
        case "throttle" -> throttle = share;
        case "timeout" -> timeout = share;
        default ->
            throw new IllegalArgumentException(
                "'%s' is no fault: throttle, timeout".formatted(part));
      }
    }
    Shares shares = new Shares(throttle, timeout, new SecureRandom());
    return throttle + timeout == 0 ? NONE : shares;
  }
}
