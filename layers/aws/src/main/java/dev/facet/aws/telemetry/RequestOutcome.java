package dev.facet.aws.telemetry;

import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.faults.TransientFault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome of a request and the side to blame; error metrics are counted by it. */
public enum RequestOutcome {
  /** Success; a search without a match is a success too. */
  OK(null),
  /** A caller's fault. */
  CLIENT("ClientErrors"),
  /** An earlier request used the same idempotency key. */
  CONFLICT("Conflicts"),
  /** A transient fault, such as a throttled store or an exceeded deadline. */
  TIMEOUT("Timeouts"),
  /** A fault of the service. */
  FAULT("Faults");

  private final Optional<String> metric;

  RequestOutcome(@Nullable String metric) {
    this.metric = Optional.ofNullable(metric);
  }

  /** Returns the outcome that a failure stands for. */
  public static RequestOutcome of(RuntimeException failure) {
    return switch (failure) {
      case DuplicateRequest _ -> CONFLICT;
      case CallerFault _ -> CLIENT;
      case TransientFault _ -> TIMEOUT;
      default -> FAULT;
    };
  }

  /** Returns the outcome that an HTTP status stands for, without further information. */
  public static RequestOutcome ofStatus(int status) {
    return status < 400 ? OK : status == 409 ? CONFLICT : status < 500 ? CLIENT : FAULT;
  }

  /** Returns the metric that counts the outcome; empty for success. */
  Optional<String> metric() {
    return metric;
  }

  /** Returns whether the outcome needs the attention of an operator. */
  boolean isOurs() {
    return this == FAULT || this == TIMEOUT;
  }
}
