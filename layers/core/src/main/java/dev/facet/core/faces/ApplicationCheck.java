package dev.facet.core.faces;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.cache.ExpiringCache;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A {@link FaceService} that carries out commands under the stored settings of their applications,
 * and refuses a command of an application that does not exist or is being erased.
 *
 * <p>A command names its application, and carries settings only for face functions of older
 * versions. Callers' settings have no effect, so a caller that may invoke the face function cannot
 * lower a quality floor or have photos kept. Settings are cached for five seconds, as accepted keys
 * are, and the absence of an application for one. Safe for concurrent use.
 */
public final class ApplicationCheck implements FaceService {

  /** The time for which a command may follow settings that were changed meanwhile. */
  public static final Duration CACHED_FOR = Duration.ofSeconds(5);

  private static final Duration ABSENT_FOR = Duration.ofSeconds(1);
  private static final int MAX_CACHED = 10_000;

  private final FaceService service;
  private final ApplicationStore applications;
  private final Retries retries;
  private final ExpiringCache<ApplicationId, Optional<Application>> cache;

  /**
   * @param service carries out the commands that are not refused
   * @param applications the stored settings
   */
  public ApplicationCheck(
      FaceService service, ApplicationStore applications, InstantSource clock, Retries retries) {
    this.service = service;
    this.applications = applications;
    this.retries = retries;
    this.cache =
        new ExpiringCache<>(
            MAX_CACHED, clock, found -> found.isPresent() ? CACHED_FOR : ABSENT_FOR);
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidRequest also if the application, or that of an enrolment of a batch, does not
   *     exist or is being erased
   */
  @Override
  public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    return service.execute(command.withCalls(this::checked));
  }

  private CallContext checked(CallContext call) {
    return call.withApplication(
        cache
            .get(call.application().id(), () -> read(call))
            .filter(application -> !application.hasErasureBegun())
            .orElseThrow(
                () -> new InvalidRequest("The application of this request does not exist.")));
  }

  private Optional<Application> read(CallContext call) {
    Instant soon = retries.soon();
    Instant end = call.retryUntil().isBefore(soon) ? call.retryUntil() : soon;
    return retries.until(end, () -> applications.find(call.application().id()));
  }
}
