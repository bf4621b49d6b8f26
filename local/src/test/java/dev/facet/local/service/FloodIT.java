package dev.facet.local.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many strangers' bodies at once, at a service with the heap that {@code ./facet serve} has. */
@Timeout(240)
class FloodIT {

  private static final int CONNECTIONS = 70;

  /** Refused at once, unless refusing it takes its body. */
  private static final int TOO_LONG = 10_000_000;

  private static final int LONGEST = 6 << 20;

  @TempDir private Path folder;
  private Process service;
  private URI endpoint;

  @BeforeEach
  void start() throws Exception {
    Path root = Path.of(System.getProperty("facet.root", ".."));
    List<String> options =
        Files.readAllLines(root.resolve("local/jvm.options")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(options).anyMatch(option -> option.startsWith("-Xmx"));
    Path out = folder.resolve("out");
    service = ChildProcess.start(options, FloodChild.class, out, folder.resolve("data").toString());
    while (!Files.readString(out).endsWith("\n")) {
      assertThat(service.isAlive()).as("the service starts").isTrue();
      Thread.sleep(100);
    }
    endpoint = URI.create(Files.readString(out).strip().substring("ready ".length()));
  }

  @AfterEach
  void stop() throws Exception {
    service.destroyForcibly().waitFor();
  }

  @Test
  void unsigned_bodies_do_not_use_up_the_memory() throws Exception {
    flood("/v1/subjects", TOO_LONG, "HTTP/1.1 413");
    flood("/v1/subjects", LONGEST, "HTTP/1.1 403");
  }

  @Test
  void bodies_that_carry_the_only_credential_do_not_use_up_the_memory() throws Exception {
    flood("/node/plainEnroll", LONGEST, "HTTP/1.1 (4..|503)");
  }

  /** Sends bodies but for their last bytes, holds them there, and then completes them. */
  private void flood(String path, int length, String answers) throws Exception {
    CountDownLatch parked = new CountDownLatch(1);
    List<Future<String>> strangers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        strangers.add(threads.submit(() -> send(path, length, parked)));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(exchange("GET /v1/health HTTP/1.1\r\nHost: localhost\r\n", 0, null))
            .startsWith("HTTP/1.1 200");
        Thread.sleep(100);
      }
      parked.countDown();
      for (Future<String> stranger : strangers) {
        assertThat(stranger.get()).containsPattern("^(" + answers + " |$)");
      }
    }
    assertThat(strangers).anySatisfy(one -> assertThat(one.get()).containsPattern("^" + answers));
    assertThat(service.isAlive()).isTrue();
  }

  private String send(String path, int length, CountDownLatch parked) throws IOException {
    return exchange(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n".formatted(path)
            + "Content-Length: %d\r\n".formatted(length),
        length,
        parked);
  }

  private String exchange(String head, int length, CountDownLatch parked) throws IOException {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "Connection: close\r\n\r\n").getBytes(US_ASCII));
      if (length > 0) {
        byte[] text = ("{\"api_key\":\"" + "x".repeat(length - 14) + "\"}").getBytes(US_ASCII);
        out.write(text, 0, length - 1);
        parked.await();
        out.write(text, length - 1, 1);
      }
      return read(socket);
    } catch (IOException | InterruptedException cutOff) {
      return "";
    }
  }

  private static String read(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[8192];
    InputStream in = socket.getInputStream();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      answer.append(new String(buffer, 0, n, US_ASCII));
    }
    return answer.toString();
  }
}
