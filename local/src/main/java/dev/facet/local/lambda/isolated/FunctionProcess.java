package dev.facet.local.lambda.isolated;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that runs a function under AWS's runtime interface client. It exits by itself when the
 * Runtime API is gone, so no process outlives the service, even if the service crashes.
 */
final class FunctionProcess implements AutoCloseable {

  /** Timeout of the initialization. Lambda's is 10 s, on a machine without other load. */
  private static final Duration INIT_TIMEOUT = Duration.ofSeconds(30);

  /** Variables that a process inherits; the rest of its environment comes from the function. */
  private static final List<String> INHERITED = List.of("PATH", "HOME", "TMPDIR", "LANG", "TZ");

  private final RuntimeServer server;
  private final RuntimeSession session;
  private final Process process;
  private volatile boolean initialized;

  private FunctionProcess(RuntimeServer server, RuntimeSession session, Process process) {
    this.server = server;
    this.session = session;
    this.process = process;
    var _ = process.onExit().thenRun(session::ended);
  }

  /**
   * Starts a process.
   *
   * @param library provides the native library of the runtime client
   * @param log receives the function's output lines
   */
  static FunctionProcess start(
      FunctionSettings function, RuntimeServer server, ClientLibrary library, PrintStream log) {
    RuntimeSession session = new RuntimeSession(function);
    List<String> command = function.command(library.options(function.program()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(INHERITED);
    environment.putAll(environment(function, server.admit(session)));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Thread.ofVirtual().name(function.name() + " log").start(() -> copy(process, log));
      return new FunctionProcess(server, session, process);
    } catch (IOException e) {
      server.forget(session);
      throw new UncheckedIOException("The function's process can't be started.", e);
    }
  }

  private static Map<String, String> environment(FunctionSettings function, String api) {
    Map<String, String> environment = new HashMap<>(function.environment());
    environment.putAll(function.program().environment());
    environment.put("AWS_LAMBDA_RUNTIME_API", api);
    environment.put("_HANDLER", function.handler());
    environment.put("LAMBDA_TASK_ROOT", ".");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.megabytes()));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    return environment;
  }

  private static void copy(Process process, PrintStream log) {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(log::println);
    } catch (IOException | UncheckedIOException ended) {
      // the process has ended, and its log with it
    }
  }

  /**
   * Passes an event to the process and waits for its outcome.
   *
   * @return the outcome, or the error of the initialization; empty if the process ended before it
   *     fetched the event
   */
  Optional<InvocationResult> handle(InvocationRequest request) throws InterruptedException {
    if (!initialized) {
      Optional<InvocationResult> failure = session.awaitInit(INIT_TIMEOUT);
      if (failure.isPresent()) {
        return failure;
      }
      initialized = true;
    }
    return session.exchange(request, session.function().timeouts().function());
  }

  /** Returns whether the process has started and is alive, so that it can handle another event. */
  boolean isReusable() {
    return initialized && process.isAlive();
  }

  /** Terminates the process normally and waits, so that its JVM still writes its AOT cache. */
  void retire() {
    // Process.destroy() would close the process's output too, and a JVM that can't report its AOT
    // cache does not create it
    process.toHandle().destroy();
    process.onExit().join();
  }

  /** Kills the process. */
  @Override
  public void close() {
    process.destroyForcibly();
    session.ended();
    server.forget(session);
  }
}
