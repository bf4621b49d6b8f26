package dev.facet.local.lambda.isolated;

import dev.facet.local.lambda.isolated.InvocationResult.Answered;
import dev.facet.local.lambda.isolated.InvocationResult.Threw;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pool of a function's processes. Each process handles one event at a time; another is started
 * if all are busy and the limit allows it. A process that ended, or was killed at its timeout, is
 * replaced on demand.
 */
final class ProcessPool implements AutoCloseable {

  private final Supplier<FunctionProcess> starter;
  private final Semaphore free;
  private final Deque<FunctionProcess> idle = new ArrayDeque<>();
  private final Set<FunctionProcess> all = new HashSet<>();
  private boolean closed;

  ProcessPool(int most, Supplier<FunctionProcess> starter) {
    this.starter = starter;
    this.free = new Semaphore(most, true);
  }

  /** Passes an event to a process, once one is idle or may start, and waits for the outcome. */
  InvocationResult handle(InvocationRequest request) throws InterruptedException {
    free.acquire();
    try {
      Optional<InvocationResult> outcome = Optional.empty();
      while (outcome.isEmpty()) {
        outcome = attempt(request);
      }
      return outcome.get();
    } finally {
      free.release();
    }
  }

  /** Returns empty if the process ended without fetching the event, which can then be retried. */
  private Optional<InvocationResult> attempt(InvocationRequest request)
      throws InterruptedException {
    FunctionProcess process = takeIdle();
    if (process == null) {
      process = started();
    }
    Optional<InvocationResult> outcome = Optional.empty();
    try {
      outcome = process.handle(request);
      return outcome;
    } finally {
      give(process, outcome.filter(ProcessPool::isFinished).isPresent());
    }
  }

  /** Returns whether the process has completed its event and can be reused. */
  private static boolean isFinished(InvocationResult outcome) {
    return outcome instanceof Answered || outcome instanceof Threw;
  }

  private synchronized @Nullable FunctionProcess takeIdle() {
    FunctionProcess process = idle.poll();
    while (process != null && !process.isReusable()) {
      remove(process);
      process = idle.poll();
    }
    return process;
  }

  private synchronized FunctionProcess started() {
    if (closed) {
      throw new IllegalStateException("The service is stopping.");
    }
    FunctionProcess process = starter.get();
    all.add(process);
    return process;
  }

  private synchronized void give(FunctionProcess process, boolean usable) {
    if (usable && process.isReusable() && !closed) {
      idle.push(process);
    } else {
      remove(process);
    }
  }

  private void remove(FunctionProcess process) {
    process.close();
    all.remove(process);
  }

  /** Terminates the idle processes normally and waits for them. */
  void retire() {
    List<FunctionProcess> retiring;
    synchronized (this) {
      retiring = List.copyOf(idle);
      idle.clear();
    }
    retiring.forEach(FunctionProcess::retire);
    synchronized (this) {
      retiring.forEach(this::remove);
    }
  }

  /** Kills all processes. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.clear();
    all.forEach(FunctionProcess::close);
    all.clear();
  }
}
