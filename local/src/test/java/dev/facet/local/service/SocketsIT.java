package dev.facet.local.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every socket on which the service listens is reachable for each user of the machine, and for each
 * web page that a browser on it shows; so each one must refuse whoever does not authenticate.
 */
@Timeout(180)
class SocketsIT {

  private static final String FORM = "Action=DeleteQueue";

  private static final List<String> UNSIGNED =
      List.of(
          get("/", "localhost"),
          get("/000000000000/enrol?Action=DeleteQueue", "localhost"),
          get("/000000000000/enrol?Action=DeleteQueue", "evil.example"),
          get("/facet-images/any", "evil.example"),
          post("/", "localhost"),
          post("/000000000000/enrol-dead", "localhost"),
          post("/facet-images", "localhost"),
          post("/2018-06-01/runtime/invocation/next", "localhost"),
          post("/000000000000/enrol-dead", "evil.example"));

  /** The number of sockets of a mode is stated so that a new one is noticed. */
  @ParameterizedTest
  @CsvSource({"in-process, 3", "isolated, 8"})
  void every_socket_refuses_the_unsigned(String mode, int sockets, @TempDir Path folder)
      throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/net/tcp")), "sockets are listed on Linux only");
    Path out = folder.resolve("out");
    Process service =
        ChildProcess.start(SocketsChild.class, out, folder.resolve("data").toString(), mode);
    try {
      awaitReady(service, out);
      List<InetSocketAddress> listening = ListeningSockets.of(service);
      assertThat(listening).hasSize(sockets);
      for (InetSocketAddress socket : listening) {
        assertThat(socket.getAddress().isLoopbackAddress()).as("%s", socket).isTrue();
        for (String request : UNSIGNED) {
          String answer = exchange(socket, request);
          // S3Proxy does not reveal anything outside of its random path
          String refused = answer.contains("x-amz-request-id") ? "404" : "(401|403)";
          assertThat(answer)
              .as("%s%n%s", socket, request)
              .containsPattern("^HTTP/1.1 " + refused + " ");
        }
      }
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  private static void awaitReady(Process service, Path out) throws Exception {
    while (!Files.readString(out).contains("ready")) {
      assertThat(service.isAlive()).as("the service runs").isTrue();
      Thread.sleep(100);
    }
  }

  private static String get(String path, String host) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }

  /** What a form of a page sends without asking the server first. */
  private static String post(String path, String host) {
    return "POST %s HTTP/1.1\r\n".formatted(path)
        + "Host: %s\r\nOrigin: https://evil.example\r\nConnection: close\r\n".formatted(host)
        + "Content-Type: application/x-www-form-urlencoded\r\n"
        + "Content-Length: %d\r\n\r\n%s".formatted(FORM.length(), FORM);
  }

  private static String exchange(InetSocketAddress address, String request) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
