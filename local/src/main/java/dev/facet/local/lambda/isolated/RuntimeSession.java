package dev.facet.local.lambda.isolated;

import dev.facet.local.lambda.isolated.Outcome.Ended;
import dev.facet.local.lambda.isolated.Outcome.TimedOut;
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
 * One process's side of the Runtime API: one event at a time goes in, its outcome comes out. The
 * process asks and tells through {@link RuntimeServer}; its owner begins, exchanges and ends.
 */
final class RuntimeSession {

  private final FunctionSettings function;

  /** Empty when the process may begin to work, else why it can't. */
  private final CompletableFuture<Optional<Outcome>> begun = new CompletableFuture<>();

  /** What the process is to fetch; empty when there will be no more. */
  private final BlockingQueue<Optional<Exchange>> offered = new LinkedBlockingQueue<>();

  private volatile @Nullable Exchange current;
  private volatile boolean over;

  /** An event and what is awaited. */
  private static final class Exchange {
    private final Work work;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile boolean fetched;

    Exchange(Work work) {
      this.work = work;
    }
  }

  RuntimeSession(FunctionSettings function) {
    this.function = function;
  }

  FunctionSettings function() {
    return function;
  }

  /** Waits until the process asks for work: empty, or why it never will. */
  Optional<Outcome> awaitBegin(Duration limit) throws InterruptedException {
    return await(begun, limit).orElseGet(() -> Optional.of(new TimedOut(limit)));
  }

  /**
   * Hands an event to the process and waits for what becomes of it.
   *
   * @return empty if the process ended before it fetched the event
   */
  Optional<Outcome> exchange(Work work, Duration limit) throws InterruptedException {
    Exchange exchange = new Exchange(work);
    current = exchange;
    if (over) {
      return Optional.empty();
    }
    offered.put(Optional.of(exchange));
    Optional<Outcome> outcome = await(exchange.outcome, limit);
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

  /** The process's next event, whenever there is one; empty if there will be none. */
  Optional<Work> next() throws InterruptedException {
    begun.complete(Optional.empty());
    Optional<Exchange> next = offered.take();
    next.ifPresent(exchange -> exchange.fetched = true);
    return next.map(exchange -> exchange.work);
  }

  /**
   * The process tells what became of an event.
   *
   * @return whether it is the one that is awaited
   */
  boolean settle(String requestId, Outcome outcome) {
    Exchange exchange = current;
    return exchange != null
        && exchange.work.requestId().toString().equals(requestId)
        && exchange.outcome.complete(outcome);
  }

  /** The process tells why it can't begin. */
  void failed(Outcome.Threw why) {
    begun.complete(Optional.of(why));
  }

  /** The process has ended: whoever waits need not. */
  void ended() {
    over = true;
    begun.complete(Optional.of(new Ended()));
    Exchange exchange = current;
    if (exchange != null) {
      exchange.outcome.complete(new Ended());
    }
    offered.add(Optional.empty());
  }
}
