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

/** {@code ./facet serve} in a process of its own. */
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
   * Starts it on a free port and waits until it says that it is ready.
   *
   * @param root the project's folder, built
   * @param data the service's data folder
   * @throws IOException if it ends before
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
    // a pipe that nobody reads would stop the service once it is full
    Thread.ofVirtual().start(() -> drain(output));
    return new Service(process, data, startup);
  }

  private static void drain(BufferedReader output) {
    try (output) {
      while (output.readLine() != null) {
        // what is logged is not looked at
      }
    } catch (IOException ended) {
      // with the service
    }
  }

  /** From the command to its word that it is ready. */
  public Duration startup() {
    return startup;
  }

  /**
   * What its demo application's clients need.
   *
   * @throws IOException if they can't be read
   */
  public Credentials credentials() throws IOException {
    return Credentials.read(data.resolve("credentials.json"));
  }

  /**
   * Physical memory of the whole process in MiB.
   *
   * @param measure {@code VmRSS} for now, {@code VmHWM} for the most there ever was
   * @throws IOException if the system does not tell
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

  /** Stops it as Ctrl-C does, by force if it stays. */
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
   * Removes a data folder, if it is there.
   *
   * @throws IOException if it can't be removed
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
