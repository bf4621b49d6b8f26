package dev.facet.core.fakes;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An {@link ApplicationStore} in memory. */
public final class InMemoryApplications implements ApplicationStore {

  private final Map<ApplicationId, Application> applications = new ConcurrentHashMap<>();

  @Override
  public Optional<Application> find(ApplicationId id) {
    return Optional.ofNullable(applications.get(id));
  }

  @Override
  public void put(Application application) {
    applications.put(application.id(), application);
  }
}
