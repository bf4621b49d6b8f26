package dev.facet.core.restore;

import dev.facet.core.cache.ExpiringCache;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A {@link FaceService} that refuses all commands until the data table's restore is complete, so
 * that no request finds a person that a backup brought back. An enrolment with a queue behind it
 * waits there. Safe for concurrent use.
 */
public final class RestoreGate implements FaceService {

  /** The time for which commands may be admitted after a restore began. */
  public static final Duration CACHED_FOR = Duration.ofSeconds(5);

  private static final Duration REFUSED_FOR = Duration.ofSeconds(1);

  private final FaceService service;
  private final Admission admission;
  private final Retries retries;
  private final ExpiringCache<Boolean, Boolean> cache;

  /** Creates a gate before a service. */
  public RestoreGate(
      FaceService service, Admission admission, InstantSource clock, Retries retries) {
    this.service = service;
    this.admission = admission;
    this.retries = retries;
    this.cache = new ExpiringCache<>(1, clock, open -> open ? CACHED_FOR : REFUSED_FOR);
  }

  /**
   * {@inheritDoc}
   *
   * @throws TransientFault NO_CAPACITY also while the data table is being restored
   */
  @Override
  public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    return service.execute(command.withCalls(this::admitted));
  }

  private CallContext admitted(CallContext call) {
    if (!cache.get(Boolean.TRUE, () -> read(call))) {
      throw new TransientFault(
          TransientFault.Kind.NO_CAPACITY, "The data table is being restored from a backup.");
    }
    return call;
  }

  private Boolean read(CallContext call) {
    Instant soon = retries.soon();
    Instant end = call.retryUntil().isBefore(soon) ? call.retryUntil() : soon;
    return retries.until(end, admission::isAdmitted);
  }
}
