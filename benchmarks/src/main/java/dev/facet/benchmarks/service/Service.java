package dev.facet.benchmarks.service;

import dev.facet.client.Credentials;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** {@code ./facet serve} in a separate process. */
public final class Service implements AutoCloseable {

  private static final String READY = "Ready";

  /** Covers the first start after a build, which archives the service's classes. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final Process process;
  private final Path data;
  private final Duration startup;

  private Service(Process process, Path data, Duration startup) {
    this.process = process;
    this.data = data;
    this.startup = startup;
  }

  /**
   * Starts the service on a free port and waits until it reports that it is ready, at most three
   * minutes.
   *
   * @param root the project's folder, built
   * @param data the service's data folder
   * @throws IOException if the process ends before that or is not ready in time; it is killed then
   */
  public static Service start(Path root, Path data) throws IOException {
    return start(root, data, START_TIMEOUT);
  }

  static Service start(Path root, Path data, Duration timeout) throws IOException {
    Files.createDirectories(data);
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
                root.resolve("facet").toString(), "serve", "--port", "0", "--data", data.toString())
            .directory(root.toFile())
            .redirectError(Redirect.DISCARD)
            .start();
    CompletableFuture<Duration> startup = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read(process, begin, startup));
    try {
      return new Service(process, data, startup.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      kill(process);
      throw new IOException("./facet serve was not ready within %s".formatted(timeout), e);
    } catch (ExecutionException e) {
      kill(process);
      throw new IOException("./facet serve ended before it was ready", e);
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while ./facet serve was starting");
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
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

  /**
   * Reads the service's output until it ends, since a service without a reader would block once the
   * pipe is full.
   *
   * @param startup receives the time until the service was ready, or the failure
   */
  private static void read(Process process, long begin, CompletableFuture<Duration> startup) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(READY)) {
          startup.complete(Duration.ofNanos(System.nanoTime() - begin));
        }
      }
      startup.completeExceptionally(new EOFException("no line starts with " + READY));
    } catch (IOException e) {
      // the pipe closes when the service ends
      startup.completeExceptionally(e);
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
  public static void deleteData(Path data) throws IOException {
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        files.sorted(Comparator.reverseOrder()).forEach(Service::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
