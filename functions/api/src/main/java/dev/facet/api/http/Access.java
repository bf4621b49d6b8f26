package dev.facet.api.http;

import dev.facet.core.faults.Fault;
import java.util.function.Function;

/**
 * The part of an API that its endpoints share: the checks before a handler runs, and the responses
 * to faults. Safe for concurrent use.
 *
 * @param <R> the type of admitted requests
 */
public interface Access<R> {

  /**
   * Checks a request, and responds to it by the handler or by a refusal.
   *
   * @param handler handles the admitted request
   * @throws Fault any fault of the checks or of the handler
   */
  ApiResponse admit(ApiRequest request, Function<R, ApiResponse> handler);

  /** Converts a fault to a response. */
  ApiResponse respond(Fault fault);
}
