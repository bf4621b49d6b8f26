package dev.facet.core.applications;

import java.util.Optional;

/** Where applications and their settings are kept. */
public interface ApplicationStore {

  /**
   * Finds an application.
   *
   * @throws dev.facet.core.faults.TransientFault when the store can't answer now
   */
  Optional<Application> find(ApplicationId id);

  /** Writes an application, replacing what was there. */
  void put(Application application);
}
