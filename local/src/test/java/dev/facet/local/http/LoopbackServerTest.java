package dev.facet.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LoopbackServerTest {

  @Test
  void who_sends_more_than_is_read_is_answered_all_the_same() throws Exception {
    int sent = 8 << 20;
    try (LoopbackServer server =
            LoopbackServer.start(
                "cut",
                10,
                open(
                    request ->
                        Response.json(413, "{\"read\":%d}".formatted(request.body().length))));
        Socket socket = new Socket("127.0.0.1", port(server))) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
              .formatted(sent)
              .getBytes(US_ASCII));
      out.write(new byte[sent]);

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 413")
          .endsWith("{\"read\":10}");
    }
  }

  @Test
  void closing_waits_for_the_request_in_progress() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    LoopbackServer server =
        LoopbackServer.start(
            "patient",
            10,
            Duration.ofSeconds(30),
            open(
                request -> {
                  begun.countDown();
                  closing.await();
                  return Response.json(200, "{}");
                }));
    int port = port(server);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
      begun.await();
      Thread closer = Thread.startVirtualThread(server::close);
      awaitRefusal(port);
      closing.countDown();
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 200")
          .endsWith("{}");
      closer.join();
    }
  }

  @Test
  void a_request_that_its_head_condemns_is_answered_before_its_body_arrives() throws Exception {
    LoopbackServer.Responder refusing =
        new LoopbackServer.Responder() {
          @Override
          public Optional<Response> refuse(RawRequest head) {
            return Optional.of(Response.json(403, "{}"));
          }

          @Override
          public Response handle(RawRequest request) {
            throw new AssertionError("the request was refused");
          }
        };
    try (LoopbackServer server = LoopbackServer.start("guarded", 10, refusing);
        Socket socket = new Socket("127.0.0.1", port(server))) {
      socket
          .getOutputStream()
          .write(
              "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 403");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:81, 200",
    "127.0.0.1, 200",
    "127.1.2.3:81, 200",
    "[::1], 200",
    "[::1]:81, 200",
    "evil.example, 403",
    "127.0.0.1.evil.example, 403",
    "localhost.evil.example:81, 403",
    "[::2], 403",
    "127.0.0.1@evil.example, 400"
  })
  void a_foreign_host_is_refused(String host, int status) throws Exception {
    try (LoopbackServer server =
            LoopbackServer.start("names", 10, open(request -> Response.json(200, "{}")));
        Socket socket = new Socket("127.0.0.1", port(server))) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void a_server_whose_callers_sign_the_host_has_any_name() throws Exception {
    try (LoopbackServer server =
            LoopbackServer.startForAnyHost("any", 10, open(request -> Response.json(200, "{}")));
        Socket socket = new Socket("127.0.0.1", port(server))) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: host.docker.internal:1\r\nConnection: close\r\n\r\n"
                  .getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 200");
    }
  }

  /** Answers requests, as a responder's second method. */
  private interface Open {
    Response handle(RawRequest request) throws InterruptedException;
  }

  /** A responder that refuses nobody. */
  private static LoopbackServer.Responder open(Open open) {
    return new LoopbackServer.Responder() {
      @Override
      public Optional<Response> refuse(RawRequest head) {
        return Optional.empty();
      }

      @Override
      public Response handle(RawRequest request) throws InterruptedException {
        return open.handle(request);
      }
    };
  }

  /** Waits until the server accepts no connections. */
  private static void awaitRefusal(int port) throws InterruptedException {
    while (true) {
      try {
        new Socket("127.0.0.1", port).close();
        Thread.sleep(10);
      } catch (IOException refused) {
        return;
      }
    }
  }

  private static int port(LoopbackServer server) {
    return Integer.parseInt(server.address().substring(server.address().indexOf(':') + 1));
  }
}
