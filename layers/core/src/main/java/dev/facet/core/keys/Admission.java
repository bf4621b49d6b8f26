package dev.facet.core.keys;

import dev.facet.core.applications.Application;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a key that is accepted opens.
 *
 * @param application whose requests it makes
 * @param key the key's record
 * @param usagePlan what the key is held to; null for nothing
 * @param principal the unique id of the only one who may use it; null for anyone
 */
public record Admission(
    Application application, UUID key, @Nullable String usagePlan, @Nullable String principal) {

  static Admission of(Application application, KeyRecord record) {
    return new Admission(application, record.id(), record.usagePlanId(), record.principal());
  }

  /** Whether the principal who signed may use it; a role's id goes before its session's name. */
  boolean isFor(@Nullable String caller) {
    return principal == null || (caller != null && principal.equals(caller.split(":", 2)[0]));
  }
}
