package dev.facet.core.applications;

import java.util.Optional;

/** The settings of applications, as requests read them. */
@FunctionalInterface
public interface ApplicationStore {

  /**
   * Finds an application.
   *
   * @throws dev.facet.core.faults.TransientFault if the store can't answer now
   */
  Optional<Application> find(ApplicationId id);
}
