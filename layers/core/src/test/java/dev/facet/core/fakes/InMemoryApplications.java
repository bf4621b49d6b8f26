package dev.facet.core.fakes;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationRegistry;

/** An {@link ApplicationRegistry} in memory. */
public final class InMemoryApplications extends InMemoryRevisions<ApplicationId, Application>
    implements ApplicationRegistry {

  /** Creates an empty store. */
  public InMemoryApplications() {
    super(Application::id);
  }
}
