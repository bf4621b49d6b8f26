package dev.facet.core.fakes;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationRegistry;
import dev.facet.core.revision.Revisioned;
import java.util.List;

/** An {@link ApplicationRegistry} in memory. */
public final class InMemoryApplications extends InMemoryRevisions<ApplicationId, Application>
    implements ApplicationRegistry {

  /** Creates an empty store. */
  public InMemoryApplications() {
    super(Application::id);
  }

  @Override
  public List<Revisioned<Application>> list() {
    return all();
  }
}
