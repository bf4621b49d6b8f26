package dev.facet.aws.telemetry;

import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.DuplicateRequest;
import dev.facet.core.faults.TransientFault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a request ended, and who is to blame: what errors are counted by. */
public enum Outcome {
  /** As asked; that nobody was found is an answer too. */
  OK(null),
  /** By a mistake of the caller's. */
  CLIENT("ClientErrors"),
  /** Another request with the same idempotency key came before. */
  CONFLICT("Conflicts"),
  /** By what may pass: a throttled store, a deadline. */
  TIMEOUT("Timeouts"),
  /** By a fault of ours. */
  FAULT("Faults");

  private final Optional<String> metric;

  Outcome(@Nullable String metric) {
    this.metric = Optional.ofNullable(metric);
  }

  /** What a failure means. */
  public static Outcome of(RuntimeException failure) {
    return switch (failure) {
      case DuplicateRequest _ -> CONFLICT;
      case CallerFault _ -> CLIENT;
      case TransientFault _ -> TIMEOUT;
      default -> FAULT;
    };
  }

  /** What an HTTP status means, where nothing else is known. */
  public static Outcome ofStatus(int status) {
    return status < 400 ? OK : status == 409 ? CONFLICT : status < 500 ? CLIENT : FAULT;
  }

  /** The metric that counts it; none counts what went well. */
  Optional<String> metric() {
    return metric;
  }

  /** Whether somebody who runs the service should look. */
  boolean isOurs() {
    return this == FAULT || this == TIMEOUT;
  }
}
