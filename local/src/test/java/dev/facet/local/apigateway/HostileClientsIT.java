package dev.facet.local.apigateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no well-behaved client sends; after each, the gateway still answers the others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HostileClientsIT {

  private static final GatewayServer.Timeouts SHORT =
      new GatewayServer.Timeouts(
          Duration.ofSeconds(20), Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ZERO);

  private GatewayFixture gateway;

  @BeforeAll
  void start() {
    gateway = new GatewayFixture(null, List.of("*"), SHORT, Duration.ofSeconds(5));
  }

  @AfterEach
  void stillAnswers() throws IOException {
    assertThat(exchange("GET /v1/open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\1\2\3\r\n\r\n",
        "GET\r\n\r\n",
        "GET /v1/open HTTP/1.1\r\n\r\n",
        "GET /v1/open HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /v1/open HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
        "GET /v1/open HTTP/1.1\r\nHost: localhost\r\nFolded: a\r\n b\r\n\r\n",
        "GET /v1/open HTTP/1.1\r\nHost: localhost\r\nSpace : a\r\n\r\n",
        "GET /v1/open HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "POST /v1/open HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/open HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 1\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "ab",
        "POST /v1/open HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /v1/open HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 3\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n",
        "POST /v1/open HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
        "GET /v1/open\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /v1/open/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"
      })
  void a_malformed_request_is_refused(String request) throws IOException {
    String answer = exchange(request);
    assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|50[15]) .*|");
    assertThat(answer).doesNotContain("jetty").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"zz\r\nab\r\n0\r\n\r\n", "-1\r\n", "ffffffffffffffff\r\nab", "2\r\nabXX0\r\n\r\n"})
  void a_badly_chunked_body_is_refused(String chunks) throws IOException {
    String answer =
        exchange(
            "POST /v1/open HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks);
    assertThat(answer).matches("(?s)HTTP/1.1 [45]\\d\\d .*|");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 24117483", "Transfer-Encoding: chunked"})
  void a_client_that_sends_a_body_over_the_limit_is_answered(String framing) throws IOException {
    byte[] chunk = ascii("100000\r\n" + "x".repeat(0x100000) + "\r\n");
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(ascii("POST /v1/open HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n"));
      for (int i = 0; i < 23; i++) {
        out.write(chunk);
      }
      out.write(ascii("0\r\n\r\n"));
      assertThat(readAll(socket)).startsWith("HTTP/1.1 413").endsWith("Request Too Long\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
  void a_body_declared_over_the_limit_is_not_awaited(String expect) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(ascii(declaringTooMuch(expect)));
      assertThat(readOne(socket)).startsWith("HTTP/1.1 413").endsWith("Request Too Long\"}");
    }
    assertThat(exchange(declaringTooMuch(expect))).startsWith("HTTP/1.1 413");
  }

  @Test
  void a_client_that_sends_on_after_its_body_was_too_long_is_cut_off() throws Exception {
    isCutOff(declaringTooMuch(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/nowhere HTTP/1.1\r\n",
        "POST /v1/echo HTTP/1.1\r\n",
        "POST /v1/echo HTTP/1.1\r\nAuthorization: Bearer x\r\n",
        "POST /v1/echo HTTP/1.1\r\n"
            + "Authorization: AWS4-HMAC-SHA256 SignedHeaders=host;x-amz-date, Signature=1,"
            + " Credential=AKIDSTRANGER00000001/20260504/ap-southeast-2/execute-api/aws4_request\r\n"
            + "X-Amz-Date: 20260504T102030Z\r\n"
      })
  void a_request_that_its_head_condemns_is_answered_before_its_body(String head)
      throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(ascii(head + "Host: localhost\r\nContent-Length: 5000000\r\n\r\n"));
      assertThat(readOne(socket)).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void an_unusable_api_key_is_refused_before_the_body() throws IOException {
    String head =
        "POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n"
            + "X-Amz-Date: 20260504T102030Z\r\n"
            + "Authorization: AWS4-HMAC-SHA256 SignedHeaders=host;x-amz-date, Signature=1,"
            + " Credential=%s/20260504/ap-southeast-2/execute-api/aws4_request\r\n"
                .formatted(GatewayFixture.CALLER.accessKeyId());
    for (String key : List.of("", "x-api-key: Stranger000000000000000000001\r\n")) {
      try (Socket socket = connect()) {
        socket.getOutputStream().write(ascii(head + key + "\r\n"));
        assertThat(readOne(socket)).contains("ForbiddenException").endsWith("Forbidden\"}");
      }
    }
  }

  @Test
  void a_foreign_host_is_refused_and_a_configured_one_is_not() throws IOException {
    String request = "GET /v1/open HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
    for (String host : List.of("evil.example", "evil.example:8080", "localhost.evil.example")) {
      assertThat(exchange(request.formatted(host)))
          .startsWith("HTTP/1.1 403")
          .contains("ForbiddenException")
          .contains("x-amzn-requestid")
          .endsWith("{\"message\":\"Forbidden\"}");
    }
    for (String host : List.of("faces.example", "Faces.example:443", "localhost:1", "[::1]")) {
      assertThat(exchange(request.formatted(host))).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void headers_over_the_limit_are_refused() throws IOException {
    String header = "X-Bomb: " + "x".repeat(11_000) + "\r\n";
    assertThat(exchange("GET /v1/open HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("{\"message\":");
    assertThat(exchange("GET /" + "x".repeat(11_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
    assertThat(
            exchange(
                "GET /v1/open HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(3_000) + "\r\n"))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void a_client_that_sends_its_headers_byte_by_byte_is_cut_off() throws Exception {
    isCutOff("GET /v1/open HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  }

  @Test
  void a_client_that_sends_its_body_byte_by_byte_is_cut_off() throws Exception {
    isCutOff("POST /v1/open HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
  }

  @Test
  void requests_in_one_piece_are_answered_in_their_order() throws IOException {
    String first = "GET /v1/open?n=1 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String second = "GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String third = "GET /v1/open?n=3 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    String answers = exchange(first + second + third);
    assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
    assertThat(answers).matches("(?s).* 200 .*\"n\":\"1\".* 403 .* 200 .*\"n\":\"3\".*");
  }

  @Test
  void a_connection_serves_many_requests() throws IOException {
    try (Socket socket = connect()) {
      for (int i = 0; i < 50; i++) {
        socket.getOutputStream().write(ascii("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertThat(readOne(socket)).startsWith("HTTP/1.1 403").endsWith("Token\"}");
      }
    }
  }

  private static String declaringTooMuch(String expect) {
    return "POST /v1/open HTTP/1.1\r\nHost: localhost\r\n"
        + expect
        + "Content-Length: 6291457\r\n\r\n";
  }

  private void isCutOff(String beginning) throws Exception {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(ascii(beginning));
      boolean cutOff = false;
      while (!cutOff) {
        Thread.sleep(50);
        try {
          out.write('x');
        } catch (IOException hungUp) {
          cutOff = true;
        }
      }
      assertThat(cutOff).isTrue();
    }
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(ascii(request));
      socket.shutdownOutput();
      return readAll(socket);
    }
  }

  private Socket connect() throws IOException {
    return new Socket("127.0.0.1", gateway.port());
  }

  private static String readAll(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[8192];
    InputStream in = socket.getInputStream();
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        answer.append(new String(buffer, 0, n, US_ASCII));
      }
    } catch (IOException reset) {
      // what came before it counts
    }
    return answer.toString();
  }

  private static String readOne(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("}")) {
      answer.append((char) socket.getInputStream().read());
    }
    return answer.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
