package dev.facet.local.lambda.isolated;

import dev.facet.local.lambda.isolated.InvocationResult.Ended;
import dev.facet.local.lambda.isolated.InvocationResult.TimedOut;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One process's session with the Runtime API. Events go in one at a time, and each yields an
 * outcome. The process reads and reports through {@link RuntimeServer}; its owner starts the
 * session, exchanges events and ends it.
 */
final class RuntimeSession {

  private final FunctionSettings function;

  /** Completes with empty when the process is ready, else with the error of its initialization. */
  private final CompletableFuture<Optional<InvocationResult>> initialized =
      new CompletableFuture<>();

  /** Events for the process to fetch; an empty element marks the end of the session. */
  private final BlockingQueue<Optional<Exchange>> offered = new LinkedBlockingQueue<>();

  private volatile @Nullable Exchange current;
  private volatile boolean over;

  /** An event and its future outcome. */
  private static final class Exchange {
    private final InvocationRequest request;
    private final CompletableFuture<InvocationResult> outcome = new CompletableFuture<>();
    private volatile boolean fetched;

    Exchange(InvocationRequest request) {
      this.request = request;
    }
  }

  RuntimeSession(FunctionSettings function) {
    this.function = function;
  }

  FunctionSettings function() {
    return function;
  }

  /** Waits until the process asks for an event: returns empty, else the reason why it can't. */
  Optional<InvocationResult> awaitInit(Duration limit) throws InterruptedException {
    return await(initialized, limit).orElseGet(() -> Optional.of(new TimedOut(limit)));
  }

  /**
   * Passes an event to the process and waits for its outcome.
   *
   * @return empty if the process ended before it fetched the event
   */
  Optional<InvocationResult> exchange(InvocationRequest request, Duration limit)
      throws InterruptedException {
    Exchange exchange = new Exchange(request);
    current = exchange;
    if (over) {
      return Optional.empty();
    }
    offered.put(Optional.of(exchange));
    Optional<InvocationResult> outcome = await(exchange.outcome, limit);
    if (outcome.isPresent() && outcome.get() instanceof Ended && !exchange.fetched) {
      return Optional.empty();
    }
    return Optional.of(outcome.orElseGet(() -> new TimedOut(limit)));
  }

  private static <T> Optional<T> await(CompletableFuture<T> future, Duration limit)
      throws InterruptedException {
    try {
      return Optional.of(future.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes it so", e);
    }
  }

  /** Waits for the process's next event; returns empty if the session has ended. */
  Optional<InvocationRequest> next() throws InterruptedException {
    initialized.complete(Optional.empty());
    Optional<Exchange> next = offered.take();
    next.ifPresent(exchange -> exchange.fetched = true);
    return next.map(exchange -> exchange.request);
  }

  /**
   * Records the outcome that the process reports for an event.
   *
   * @return false if the event is not the current one, or already has an outcome
   */
  boolean settle(String requestId, InvocationResult outcome) {
    Exchange exchange = current;
    return exchange != null
        && exchange.request.requestId().toString().equals(requestId)
        && exchange.outcome.complete(outcome);
  }

  /** Records that the initialization of the process failed. */
  void failed(InvocationResult.Threw why) {
    initialized.complete(Optional.of(why));
  }

  /** Ends the session, because the process has ended, and releases all waiting threads. */
  void ended() {
    over = true;
    initialized.complete(Optional.of(new Ended()));
    Exchange exchange = current;
    if (exchange != null) {
      exchange.outcome.complete(new Ended());
    }
    offered.add(Optional.empty());
  }
}
