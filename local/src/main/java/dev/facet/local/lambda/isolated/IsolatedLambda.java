package dev.facet.local.lambda.isolated;

import dev.facet.local.lambda.InvocationFault;
import dev.facet.local.lambda.InvocationFault.Kind;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.lambda.isolated.InvocationResult.Answered;
import dev.facet.local.lambda.isolated.InvocationResult.Ended;
import dev.facet.local.lambda.isolated.InvocationResult.Threw;
import dev.facet.local.lambda.isolated.InvocationResult.Throttled;
import dev.facet.local.lambda.isolated.InvocationResult.TimedOut;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A Lambda emulator that runs each function in separate processes, under AWS's runtime interface
 * client. A process handles one event at a time, is killed at its timeout and replaced on a crash.
 */
public final class IsolatedLambda implements Lambda {

  private final Map<String, Deployed> functions = new ConcurrentHashMap<>();
  private final RuntimeServer server;
  private final ClientLibrary library = new ClientLibrary();
  private final ConcurrencyLimit limit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final PrintStream log;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** A function and its processes. */
  private record Deployed(FunctionSettings settings, ProcessPool processes) {}

  /**
   * Creates an emulator without functions and without a limit of simultaneous invocations; {@link
   * #deploy} adds functions, because their settings may need this emulator's address.
   *
   * @param log receives the functions' output lines
   */
  public IsolatedLambda(InstantSource clock, Supplier<UUID> ids, PrintStream log) {
    this(ConcurrencyLimit.NONE, clock, ids, log);
  }

  /** Creates an emulator with a limit of simultaneous invocations. */
  public IsolatedLambda(
      ConcurrencyLimit limit, InstantSource clock, Supplier<UUID> ids, PrintStream log) {
    this.limit = limit;
    this.server = new RuntimeServer(clock);
    this.clock = clock;
    this.ids = ids;
    this.log = log;
  }

  /** Deploys a function; kills the processes of an earlier one with the same name. */
  public void deploy(FunctionSettings settings) {
    ProcessPool processes =
        new ProcessPool(
            limit.processes(settings.maxProcesses()),
            () -> FunctionProcess.start(settings, server, library, log));
    Deployed before = functions.put(settings.name(), new Deployed(settings, processes));
    if (before != null) {
      before.processes().close();
    }
  }

  /** Terminates a function's idle processes normally and waits for them; does not kill any. */
  public void retire(String name) {
    Deployed function = functions.get(name);
    if (function != null) {
      function.processes().retire();
    }
  }

  @Override
  public byte[] invoke(String name, byte[] event) {
    if (event.length > MAX_PAYLOAD_BYTES) {
      throw new InvocationFault(Kind.TOO_LARGE, "The event is too large.");
    }
    InvocationResult outcome =
        run(name, event, trace())
            .orElseThrow(
                () -> new InvocationFault(Kind.FAILED, "There is no function " + name + "."));
    return switch (outcome) {
      case Answered(byte[] reply) -> reply;
      case Threw _ -> throw new InvocationFault(Kind.FAILED, "The function threw.");
      case Ended _ -> throw new InvocationFault(Kind.FAILED, "The function's process ended.");
      case Throttled _ ->
          throw new InvocationFault(Kind.THROTTLED, "All simultaneous invocations are taken.");
      case TimedOut _ -> throw new InvocationFault(Kind.TIMED_OUT, "The function timed out.");
    };
  }

  /**
   * Invokes a function.
   *
   * @param event JSON of up to {@link #MAX_PAYLOAD_BYTES}
   * @param trace the invoker's header {@code X-Amzn-Trace-Id}
   * @return the outcome; empty if there is no such function
   */
  public Optional<InvocationResult> run(String name, byte[] event, String trace) {
    InvocationRequest request = new InvocationRequest(ids.get(), event, trace);
    return Optional.ofNullable(functions.get(name)).map(function -> await(function, request));
  }

  /** Waits up to the caller's timeout; the function itself continues up to its own timeout. */
  private InvocationResult await(Deployed function, InvocationRequest request) {
    Future<InvocationResult> running = threads.submit(() -> limited(function, request));
    try {
      return running.get(function.settings().timeouts().caller().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new TimedOut(function.settings().timeouts().caller());
    } catch (ExecutionException e) {
      throw new IllegalStateException("The function can't be run.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.cancel(true);
      return new Ended();
    }
  }

  private InvocationResult limited(Deployed function, InvocationRequest request) {
    return limit
        .attempt(() -> handled(function, request))
        .orElseGet(InvocationResult.Throttled::new);
  }

  private static InvocationResult handled(Deployed function, InvocationRequest request) {
    try {
      return function.processes().handle(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended();
    }
  }

  /** Returns a new trace header; unsampled, because this emulator does not collect traces. */
  public String trace() {
    String random = ids.get().toString().replace("-", "");
    return "Root=1-%08x-%s;Parent=%s;Sampled=0"
        .formatted(clock.instant().getEpochSecond(), random.substring(0, 24), random.substring(16));
  }

  /** Kills the functions' processes. */
  @Override
  public void close() {
    functions.values().forEach(function -> function.processes().close());
    threads.shutdownNow();
    server.close();
    library.close();
  }
}
