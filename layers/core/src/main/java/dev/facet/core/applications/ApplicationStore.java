package dev.facet.core.applications;

import java.util.Optional;

/** The storage of applications and their settings. */
public interface ApplicationStore {

  /**
   * Finds an application.
   *
   * @throws dev.facet.core.faults.TransientFault if the store can't answer now
   */
  Optional<Application> find(ApplicationId id);

  /** Writes an application and replaces the previous one. */
  void put(Application application);
}
