package dev.facet.core.keys;

import java.util.Optional;
import java.util.UUID;

/**
 * What the gateway knows of API keys: it checks those of {@code /v1} and meters them by usage plan.
 * Every method may be repeated; each is tagged with or finds keys by the record they belong to.
 *
 * <p>Every method throws {@link dev.facet.core.faults.TransientFault} when the gateway can't answer
 * now.
 */
public interface GatewayKeys {

  /**
   * What the gateway knows of one key.
   *
   * @param planned whether the key is on its usage plan
   */
  record Presence(boolean planned) {}

  /** Whether the gateway has a key for a record. */
  Optional<Presence> find(UUID record);

  /** Makes the gateway's key for a record, with our value; harmless when it is there. */
  void create(KeyRecord record, ApiKey key);

  /**
   * Puts a record's key on its usage plan; harmless when it is there.
   *
   * @throws dev.facet.core.faults.InvalidRequest if there is no such plan
   */
  void join(KeyRecord record);

  /** Lets the gateway accept or refuse a record's key. */
  void enable(UUID record, boolean enabled);

  /** Removes a record's key and its place on any plan; harmless when there is none. */
  void delete(UUID record);
}
