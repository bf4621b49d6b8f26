package dev.facet.api;

import dev.facet.api.endpoint.Services;
import java.util.Map;

/** Puts the handlers' services together from a function's environment. */
final class Wiring {

  private Wiring() {}

  static Services fromEnvironment() {
    return from(System.getenv());
  }

  private static Services from(Map<String, String> environment) {
    throw new IllegalStateException("no stores for " + environment.get("FACET_TABLE"));
  }
}
