package dev.facet.core.keys;

import java.util.Optional;
import java.util.UUID;

/**
 * The gateway's copies of API keys. The gateway checks the keys of {@code /v1} and meters them by
 * usage plan. Every method is idempotent, because a gateway key is tagged with its record's id or
 * found by it.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} if the gateway cannot answer
 * now.
 */
public interface GatewayKeys {

  /**
   * The state of one key at the gateway.
   *
   * @param planned whether the key is on its usage plan
   */
  record Presence(boolean planned) {}

  /** Returns the state of the gateway key of a record; empty if the gateway has none. */
  Optional<Presence> find(UUID record);

  /** Creates the gateway key of a record with the given value; does nothing if it exists. */
  void create(KeyRecord record, ApiKey key);

  /**
   * Puts a record's key on its usage plan; does nothing if it is already there.
   *
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the plan does not exist
   */
  void join(KeyRecord record);

  /** Makes the gateway accept or refuse a record's key. */
  void enable(UUID record, boolean enabled);

  /** Deletes a record's key and removes it from its plan; does nothing if it is absent. */
  void delete(UUID record);
}
