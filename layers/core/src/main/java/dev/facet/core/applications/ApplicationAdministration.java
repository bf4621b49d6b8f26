package dev.facet.core.applications;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.revision.Conflicts;
import dev.facet.core.revision.Revisioned;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
   * Returns an application that may get keys and settings.
   *
   * @throws InvalidRequest if none has this id, or it is being erased
   */
  public Application getActive(ApplicationId id) {
    return active(get(id));
  }

  /**
   * Marks an application as being erased; does nothing if it is marked already. No request is
   * served for it once the caches of those that read it have expired.
   *
   * @return the application with the time of the first marking
   * @throws InvalidRequest if no application has this id
   */
  public Application beginErasure(ApplicationId id, Instant now) {
    return Conflicts.retrying(
        () -> {
          Revisioned<Application> known = registry.read(id).orElseThrow(() -> missing(id));
          return known.value().hasErasureBegun()
              ? known.value()
              : registry.put(known, known.value().erasingSince(now)).value();
        });
  }

  /**
   * Deletes the item of an application that is being erased, the last step of its erasure; does
   * nothing if it is absent.
   */
  public void endErasure(ApplicationId id) {
    Optional<Revisioned<Application>> known = registry.read(id);
    if (known.filter(application -> !application.value().hasErasureBegun()).isPresent()) {
      throw new IllegalStateException("the application is not being erased");
    }
    known.ifPresent(registry::delete);
  }

  /**
   * Changes settings, and leaves the others as they are at this moment.
   *
   * @throws InvalidRequest if no application has this id, if it is being erased, or if no setting
   *     is given
   */
  public Application set(ApplicationId id, ApplicationSettings settings) {
    if (settings.isEmpty()) {
      throw new InvalidRequest("There is nothing to set; name at least one setting.");
    }
    return Conflicts.retrying(
        () -> {
          Revisioned<Application> known = registry.read(id).orElseThrow(() -> missing(id));
          return registry.put(known, settings.applyTo(active(known.value()))).value();
        });
  }

  private static Application active(Application application) {
    if (application.hasErasureBegun()) {
      throw new InvalidRequest("Application %s is being erased.".formatted(application.id()));
    }
    return application;
  }

  private static InvalidRequest missing(ApplicationId id) {
    return new InvalidRequest("There is no application " + id + ".");
  }
}
