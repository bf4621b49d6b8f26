package dev.facet.core.applications;

import dev.facet.core.revision.Revisioned;
import dev.facet.core.revision.RevisionedStore;
import java.util.List;
import java.util.Optional;

/** The applications as administration uses them. */
public interface ApplicationRegistry
    extends ApplicationStore, RevisionedStore<ApplicationId, Application> {

  @Override
  default Optional<Application> find(ApplicationId id) {
    return read(id).map(Revisioned::value);
  }

  /** Returns all applications, in no order. May read the whole store, so it is slow. */
  List<Revisioned<Application>> list();
}
