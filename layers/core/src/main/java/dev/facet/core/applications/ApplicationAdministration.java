package dev.facet.core.applications;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.revision.Conflicts;
import dev.facet.core.revision.Revisioned;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Creates applications and changes their settings. Requests follow a change within the time for
 * which an accepted key is cached, five seconds.
 */
public final class ApplicationAdministration {

  private final ApplicationRegistry registry;
  private final Supplier<UUID> ids;

  /**
   * @param ids random version 4 UUIDs
   */
  public ApplicationAdministration(ApplicationRegistry registry, Supplier<UUID> ids) {
    this.registry = registry;
    this.ids = ids;
  }

  /** Creates an application with the defaults in place of absent settings. */
  public Application create(ApplicationSettings settings) {
    Application application =
        settings.applyTo(Application.withDefaults(new ApplicationId(ids.get())));
    return registry.put(null, application).value();
  }

  /** Returns all applications, sorted by id. */
  public List<Application> list() {
    return registry.list().stream()
        .map(Revisioned::value)
        .sorted(Comparator.comparing(application -> application.id().toString()))
        .toList();
  }

  /**
   * Returns an application.
   *
   * @throws InvalidRequest if none has this id
   */
  public Application get(ApplicationId id) {
    return registry.find(id).orElseThrow(() -> missing(id));
  }

  /**
   * Changes settings, and leaves the others as they are at this moment.
   *
   * @throws InvalidRequest if no application has this id, or no setting is given
   */
  public Application set(ApplicationId id, ApplicationSettings settings) {
    if (settings.isEmpty()) {
      throw new InvalidRequest("There is nothing to set; name at least one setting.");
    }
    return Conflicts.retrying(
        () -> {
          Revisioned<Application> known = registry.read(id).orElseThrow(() -> missing(id));
          return registry.put(known, settings.applyTo(known.value())).value();
        });
  }

  private static InvalidRequest missing(ApplicationId id) {
    return new InvalidRequest("There is no application " + id + ".");
  }
}
