package dev.facet.benchmarks.service;

import dev.facet.client.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./facet serve} in a separate process. */
public final class Service implements AutoCloseable {

  private static final String READY = "Ready";

  private final Process process;
  private final Path data;
  private final Duration startup;

  private Service(Process process, Path data, Duration startup) {
    this.process = process;
    this.data = data;
    this.startup = startup;
  }

  /**
   * Starts the service on a free port and waits until it reports that it is ready.
   *
   * @param root the project's folder, built
   * @param data the service's data folder
   * @throws IOException if the process ends before that
   */
  public static Service start(Path root, Path data) throws IOException {
    Files.createDirectories(data);
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
                root.resolve("facet").toString(), "serve", "--port", "0", "--data", data.toString())
            .directory(root.toFile())
            .redirectError(Redirect.DISCARD)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null && !line.startsWith(READY)) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("./facet serve ended before it was ready");
    }
    Duration startup = Duration.ofNanos(System.nanoTime() - begin);
    // without a reader, the service would block once the pipe is full
    Thread.ofVirtual().start(() -> drain(output));
    return new Service(process, data, startup);
  }

  /**
   * Starts the service once on a new data folder, which creates the demo application.
   *
   * @return the demo application's credentials
   * @throws IOException if the service does not start
   */
  public static Credentials initialise(Path root, Path data) throws IOException {
    try (Service service = start(root, data)) {
      return service.credentials();
    }
  }

  private static void drain(BufferedReader output) {
    try (output) {
      while (output.readLine() != null) {
        // the log is discarded
      }
    } catch (IOException ended) {
      // the pipe closes when the service ends
    }
  }

  /** Returns the time from the command to the report that the service is ready. */
  public Duration startup() {
    return startup;
  }

  /**
   * Returns the credentials of the demo application.
   *
   * @throws IOException if they can't be read
   */
  public Credentials credentials() throws IOException {
    return Credentials.read(data.resolve("credentials.json"));
  }

  /**
   * Returns the physical memory of the whole process in MiB.
   *
   * @param measure {@code VmRSS} for the current value, {@code VmHWM} for the peak
   * @throws IOException if {@code /proc} can't be read
   */
  public long memory(String measure) throws IOException {
    List<String> status =
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
    return status.stream()
            .filter(line -> line.startsWith(measure + ":"))
            .map(line -> line.replaceAll("\\D", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  /** Stops the service as Ctrl-C does, and kills it if it is still alive after 20 s. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Deletes a data folder, if it exists.
   *
   * @throws IOException if it can't be deleted
   */
  public static void forget(Path data) throws IOException {
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        files.sorted(Comparator.reverseOrder()).forEach(Service::remove);
      }
    }
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
