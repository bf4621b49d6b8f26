package dev.facet.checks.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

  /** An address of this machine's that is not the services', and that nobody else reaches. */
  static final String BRIDGE = "127.0.0.2";

  private static final int PATIENCE = 20_000;

  private final InetAddress bridge = InetAddress.ofLiteral(BRIDGE);

  @BeforeEach
  void isOneAddressOfSeveral() throws IOException {
    assumeTrue(isOurs(), "this machine's loopback has one address only");
  }

  @Test
  void bytes_go_both_ways() throws IOException {
    try (ServerSocket service = service();
        Relay relay = Relay.start(bridge, service.getLocalPort());
        Socket caller = caller(service.getLocalPort());
        Socket called = service.accept()) {
      assertThat(relay).isNotNull();
      assertThat(sent("question", caller, called)).isEqualTo("question");
      assertThat(sent("answer", called, caller)).isEqualTo("answer");
    }
  }

  @Test
  void callers_are_served_beside_each_other() throws IOException {
    try (ServerSocket service = service();
        Relay relay = Relay.start(bridge, service.getLocalPort());
        Socket idle = caller(service.getLocalPort());
        Socket idling = service.accept();
        Socket caller = caller(service.getLocalPort());
        Socket called = service.accept()) {
      assertThat(relay).isNotNull();
      assertThat(sent("second", caller, called)).isEqualTo("second");
      assertThat(sent("first", idle, idling)).isEqualTo("first");
    }
  }

  @Test
  void what_the_service_said_last_arrives_before_the_end() throws IOException {
    try (ServerSocket service = service();
        Relay relay = Relay.start(bridge, service.getLocalPort());
        Socket caller = caller(service.getLocalPort())) {
      assertThat(relay).isNotNull();
      try (Socket called = service.accept()) {
        called.getOutputStream().write("farewell".getBytes(UTF_8));
      }
      assertThat(caller.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("farewell");
    }
  }

  @Test
  void a_caller_of_an_absent_service_is_not_kept_waiting() throws IOException {
    int nobodys;
    try (ServerSocket service = service()) {
      nobodys = service.getLocalPort();
    }
    try (Relay relay = Relay.start(bridge, nobodys);
        Socket caller = caller(nobodys)) {
      assertThat(relay).isNotNull();
      assertThat(ended(caller)).isTrue();
    }
  }

  @Test
  void closing_ends_what_is_under_way_and_lets_nobody_in() throws IOException {
    try (ServerSocket service = service()) {
      int port = service.getLocalPort();
      Relay relay = Relay.start(bridge, port);
      try (Socket caller = caller(port);
          Socket called = service.accept()) {
        relay.close();
        assertThat(ended(caller)).isTrue();
        assertThat(ended(called)).isTrue();
      }
      assertThatThrownBy(() -> caller(port)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void a_relay_is_never_for_everybody() {
    assertThatThrownBy(() -> Relay.start(InetAddress.ofLiteral("0.0.0.0"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A relay must not bind to the wildcard address.");
  }

  @Test
  void an_address_that_is_taken_is_named() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, bridge)) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Relay.start(bridge, port))
          .isInstanceOf(IOException.class)
          .hasMessage("Containers can't be relayed at /%s, port %d.", BRIDGE, port);
    }
  }

  /** Not so on macOS, unless somebody adds them. */
  static boolean isOurs() {
    try (ServerSocket trial = new ServerSocket(0, 1, InetAddress.ofLiteral(BRIDGE))) {
      return trial.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket service() throws IOException {
    ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    service.setSoTimeout(PATIENCE);
    return service;
  }

  private Socket caller(int port) throws IOException {
    Socket caller = new Socket(bridge, port);
    caller.setSoTimeout(PATIENCE);
    return caller;
  }

  private static String sent(String text, Socket from, Socket to) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    from.getOutputStream().write(bytes);
    to.setSoTimeout(PATIENCE);
    return new String(to.getInputStream().readNBytes(bytes.length), UTF_8);
  }

  /** By an end of the stream, or by a reset where bytes were on their way. */
  private static boolean ended(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }
}
