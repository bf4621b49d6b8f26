package dev.facet.core.keys;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
  private final Map<KeyId, Answer> answers = Collections.synchronizedMap(new Bounded());

  /** An authenticator that has seen no key yet. */
  public Authenticator(KeyStore keys, ApplicationStore applications, InstantSource clock) {
    this.keys = keys;
    this.applications = applications;
    this.clock = clock;
  }

  /**
   * The application of a key.
   *
   * @return empty if the key is unknown, not accepted now, or names no application
   * @throws dev.facet.core.faults.TransientFault when the stores can't answer now; not remembered
   */
  public Optional<Application> application(ApiKey key) {
    if (!key.isWellFormed()) {
      return Optional.empty();
    }
    KeyId id = KeyId.of(key);
    Answer remembered = answers.get(id);
    if (remembered != null && clock.instant().isBefore(remembered.until())) {
      return remembered.application();
    }
    Optional<Application> found = lookUp(id);
    Duration validity = found.isPresent() ? ADMITTED_FOR : REFUSED_FOR;
    answers.put(id, new Answer(found, clock.instant().plus(validity)));
    return found;
  }

  private Optional<Application> lookUp(KeyId id) {
    return keys.find(id)
        .filter(record -> record.isAccepted(clock.instant()))
        .flatMap(record -> applications.find(record.application()));
  }

  private record Answer(Optional<Application> application, Instant until) {}

  private static final class Bounded extends LinkedHashMap<KeyId, Answer> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<KeyId, Answer> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }
}
