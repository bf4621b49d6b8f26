package dev.facet.local.chaos;

import java.security.SecureRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** Fault injection between the service and its stores. */
@FunctionalInterface
public interface Chaos {

  /** No injected faults. */
  Chaos NONE = (request, call) -> call.get();

  /**
   * Makes a call, possibly with a fault.
   *
   * @param request the service's request
   * @param call sends the request to the store
   * @return the store's response
   * @throws RuntimeException as the store's client throws it, for a real or an injected failure
   */
  SdkResponse around(SdkRequest request, Supplier<SdkResponse> call);

  /**
   * Parses a text such as {@code throttle=0.3,timeout=0.05}; either part may be left out. Faults
   * occur at random.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  static Chaos parse(String text) {
    double throttle = 0;
    double timeout = 0;
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] fault = part.split("=", -1);
      double share = fault.length == 2 ? share(fault[1]) : Double.NaN;
      switch (fault[0].strip()) {
        case "throttle" -> throttle = share;
        case "timeout" -> timeout = share;
        default ->
            throw new IllegalArgumentException(
                "'%s' is not a fault; use throttle=SHARE or timeout=SHARE".formatted(part));
      }
    }
    RandomFaults faults = new RandomFaults(throttle, timeout, new SecureRandom());
    return throttle + timeout == 0 ? NONE : faults;
  }

  private static double share(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
