package dev.facet.core.keys;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationStore;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells which application an API key stands for.
 *
 * <p>Answers are remembered: an admission for five seconds, a refusal for one, so that a key that
 * is disabled stops working, and a new one starts to, within that time. At most 10,000 answers are
 * kept, the oldest go first: a flood of unknown keys costs no memory. Safe for concurrent use.
 */
public final class Authenticator {

  private static final Duration ADMITTED_FOR = Duration.ofSeconds(5);
  private static final Duration REFUSED_FOR = Duration.ofSeconds(1);
  private static final int MOST_REMEMBERED = 10_000;

  private final KeyStore keys;
  private final ApplicationStore applications;
  private final InstantSource clock;
  private final Retries retries;
  private final Map<KeyId, Answer> answers = Collections.synchronizedMap(new Bounded());

  /** An authenticator that has seen no key yet. */
  public Authenticator(KeyStore keys, ApplicationStore applications, InstantSource clock) {
    this(keys, applications, clock, Retries.of(clock));
  }

  /** An authenticator that asks the stores again by these rules. */
  public Authenticator(
      KeyStore keys, ApplicationStore applications, InstantSource clock, Retries retries) {
    this.keys = keys;
    this.applications = applications;
    this.clock = clock;
    this.retries = retries;
  }

  /**
   * What a key opens.
   *
   * @param caller the unique id of the IAM principal who signed the request, as API Gateway gives
   *     it: {@code AIDA…}, or {@code AROA…:SESSION} for a role; null if nobody signed it
   * @return empty if the key is unknown, not accepted now, bound to another principal, or names no
   *     application
   * @throws dev.facet.core.faults.TransientFault when the stores don't answer for some seconds; not
   *     remembered
   */
  public Optional<Admission> admission(ApiKey key, @Nullable String caller) {
    return key.isWellFormed()
        ? admission(KeyId.of(key)).filter(admission -> admission.isFor(caller))
        : Optional.empty();
  }

  /** The application of a key; as {@link #admission}. */
  public Optional<Application> application(ApiKey key, @Nullable String caller) {
    return admission(key, caller).map(Admission::application);
  }

  private Optional<Admission> admission(KeyId id) {
    Answer remembered = answers.get(id);
    if (remembered != null && clock.instant().isBefore(remembered.until())) {
      return remembered.admission();
    }
    Optional<Admission> found = lookUp(id);
    Duration validity = found.isPresent() ? ADMITTED_FOR : REFUSED_FOR;
    answers.put(id, new Answer(found, clock.instant().plus(validity)));
    return found;
  }

  private Optional<Admission> lookUp(KeyId id) {
    Instant soon = retries.soon();
    return retries
        .until(soon, () -> keys.find(id))
        .filter(record -> record.isAccepted(clock.instant()))
        .flatMap(
            record ->
                retries
                    .until(soon, () -> applications.find(record.application()))
                    .map(application -> Admission.of(application, record)));
  }

  private record Answer(Optional<Admission> admission, Instant until) {}

  private static final class Bounded extends LinkedHashMap<KeyId, Answer> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<KeyId, Answer> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }
}
