package dev.facet.local.chaos;

import dev.facet.local.sdk.ClientProxy;

/** Makes AWS clients pass their calls through {@link Chaos}. */
public final class Chaotic {

  private Chaotic() {}

  /**
   * Returns the client with injected faults, or the client itself if no faults are set.
   *
   * @param type the client's interface
   */
  public static <C> C on(Class<C> type, C client, Chaos chaos) {
    return chaos.equals(Chaos.NONE)
        ? client
        : ClientProxy.around(
            type, client, (request, next) -> chaos.around(request, () -> next.send(request)));
  }
}
