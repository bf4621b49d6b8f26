package dev.facet.checks.events;

import dev.facet.local.lambda.isolated.FunctionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * AWS's Lambda runtime interface emulator, without containers: one emulator process for each
 * function, which starts the function's process.
 */
final class EmulatorEngine implements Engine {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  private final Path emulator;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Running> running = new HashMap<>();

  /** An emulator and its invocation URL. */
  private record Running(Process process, URI url) {}

  /**
   * @param emulator the emulator's executable
   * @param log the output file of the emulators and the functions
   */
  EmulatorEngine(Path emulator, Path log) {
    this.emulator = emulator;
    this.log = log;
  }

  @Override
  public byte[] invoke(FunctionSettings function, Path event)
      throws IOException, InterruptedException {
    Running on = running.computeIfAbsent(function.name(), name -> start(function));
    HttpRequest request =
        HttpRequest.newBuilder(on.url())
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofFile(event))
            .build();
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      try {
        return http.send(request, BodyHandlers.ofByteArray()).body();
      } catch (ConnectException notYet) {
        if (!on.process().isAlive() || System.nanoTime() > end) {
          throw notYet;
        }
        Thread.sleep(RETRY_DELAY);
      }
    }
  }

  private Running start(FunctionSettings function) {
    try {
      int port = freePort();
      List<String> command =
          new ArrayList<>(
              List.of(
                  emulator.toString(),
                  "--runtime-interface-emulator-address",
                  "127.0.0.1:" + port,
                  "--runtime-api-address",
                  "127.0.0.1:" + freePort()));
      command.addAll(function.command(List.of()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()));
      builder.environment().putAll(function.environment());
      builder.environment().putAll(function.program().environment());
      URI url =
          URI.create(
              "http://127.0.0.1:%d/2015-03-31/functions/function/invocations".formatted(port));
      return new Running(builder.start(), url);
    } catch (IOException e) {
      throw new UncheckedIOException("The emulator can't be started.", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }

  /** Kills the emulators and the function processes that they started. */
  @Override
  public void close() {
    for (Running each : running.values()) {
      each.process().descendants().forEach(ProcessHandle::destroyForcibly);
      each.process().destroyForcibly();
    }
    http.close();
  }
}
