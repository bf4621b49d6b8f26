package dev.facet.local.lambda;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Lambda emulator that runs functions in this process, each invocation on a thread. */
public final class InProcessLambda implements Lambda {

  private final Map<String, Function> functions;
  private final Timeouts timeouts;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final PrintStream log;

  // functions are CPU-bound, some in native code: on virtual threads they would block the carrier
  // threads that serve sockets
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("function-", 0).daemon().factory());

  /**
   * @param functions by name
   * @param log receives the handlers' output lines
   */
  public InProcessLambda(
      Map<String, Function> functions,
      Timeouts timeouts,
      InstantSource clock,
      Supplier<UUID> ids,
      PrintStream log) {
    this.functions = Map.copyOf(functions);
    this.timeouts = timeouts;
    this.clock = clock;
    this.ids = ids;
    this.log = log;
  }

  @Override
  public byte[] invoke(String name, byte[] event) {
    if (event.length > MAX_PAYLOAD_BYTES) {
      throw new InvocationFault(InvocationFault.Kind.TOO_LARGE, "The event is too large.");
    }
    Function function = functions.get(name);
    if (function == null) {
      throw new InvocationFault(InvocationFault.Kind.FAILED, "There is no function " + name + ".");
    }
    Invocation invocation =
        new Invocation(name, ids.get(), clock.instant().plus(timeouts.function()), clock, log);
    byte[] reply = await(name, threads.submit(() -> function.run(event, invocation)));
    if (reply.length > MAX_PAYLOAD_BYTES) {
      throw new InvocationFault(InvocationFault.Kind.FAILED, "The response is too large.");
    }
    return reply;
  }

  private byte[] await(String name, Future<byte[]> running) {
    try {
      return running.get(timeouts.caller().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      logFailure(name, e.getCause());
      throw new InvocationFault(InvocationFault.Kind.FAILED, "The function threw.", e);
    } catch (TimeoutException e) {
      running.cancel(true);
      throw new InvocationFault(InvocationFault.Kind.TIMED_OUT, "The function timed out.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.cancel(true);
      throw new InvocationFault(InvocationFault.Kind.FAILED, "The gateway is stopping.");
    }
  }

  /** Logs the failure without its message, which may quote the input of a parser. */
  private void logFailure(String name, @Nullable Throwable failure) {
    if (failure != null) {
      log.printf(
          "{\"function\":\"%s\",\"fault\":\"%s\",\"trace\":\"%s\"}%n",
          name, failure.getClass().getName(), Arrays.toString(failure.getStackTrace()));
    }
  }

  /** Interrupts the invocations in progress. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
