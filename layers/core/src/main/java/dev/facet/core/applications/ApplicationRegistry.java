package dev.facet.core.applications;

import dev.facet.core.revision.Revisioned;
import dev.facet.core.revision.RevisionedStore;
import java.util.Optional;

/** The applications as administration uses them. */
public interface ApplicationRegistry
    extends ApplicationStore, RevisionedStore<ApplicationId, Application> {

  @Override
  default Optional<Application> find(ApplicationId id) {
    return read(id).map(Revisioned::value);
  }
}
