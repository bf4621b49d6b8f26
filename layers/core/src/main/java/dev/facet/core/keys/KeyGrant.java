package dev.facet.core.keys;

import dev.facet.core.applications.Application;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rights of an accepted key.
 *
 * @param application the application that the key's requests act for
 * @param key the id of the key's record
 * @param usagePlan the plan that limits the key; null for no limits
 * @param principal the unique id of the only principal that may use it; null for any
 */
public record KeyGrant(
    Application application, UUID key, @Nullable String usagePlan, @Nullable String principal) {

  static KeyGrant of(Application application, KeyRecord record) {
    return new KeyGrant(application, record.id(), record.usagePlanId(), record.principal());
  }

  /**
   * Returns whether the signing principal may use the key. A role's caller id is the role's unique
   * id, a colon and the session name; only the part before the colon is compared.
   */
  boolean isFor(@Nullable String caller) {
    return principal == null || (caller != null && principal.equals(caller.split(":", 2)[0]));
  }
}
