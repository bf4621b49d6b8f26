package dev.facet.checks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostFromContainersTest {

  /** One of those that are nobody's (RFC 5737). */
  private static final String ELSEWHERE = "192.0.2.1";

  @Test
  void services_are_relayed_at_a_gateway_that_is_this_machines() throws IOException {
    assumeTrue(RelayTest.isOurs(), "this machine's loopback has one address only");
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = service.getLocalPort();
      try (HostFromContainers host = HostFromContainers.at(RelayTest.BRIDGE)) {
        assertThat(host.translate(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port)))
            .containsEntry("AWS_ENDPOINT_URL_S3", "http://127.0.0.2:" + port);
        host.translate(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port));
        new Socket(InetAddress.ofLiteral(RelayTest.BRIDGE), port).close();
      }
      assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral(RelayTest.BRIDGE), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void nothing_is_relayed_to_a_name() throws IOException {
    try (HostFromContainers host = HostFromContainers.at("host.containers.internal")) {
      assertThat(host.translate(Map.of("QUEUE", "http://127.0.0.1:1/0/jobs")))
          .containsEntry("QUEUE", "http://host.containers.internal:1/0/jobs");
    }
  }

  @Test
  void containers_of_another_machine_reach_this_one_by_name() throws IOException {
    try (HostFromContainers host = HostFromContainers.at(ELSEWHERE)) {
      assertThat(host.translate(Map.of("QUEUE", "http://127.0.0.1:1/0/jobs")))
          .containsEntry("QUEUE", "http://host.docker.internal:1/0/jobs");
    }
  }

  @Test
  void other_settings_stay() throws IOException {
    Map<String, String> others =
        Map.of(
            "TABLE", "127.0.0.1:1", "FAR", "http://example.com:1", "FOLDER", "/a//127.0.0.1:1/b");
    try (HostFromContainers host = HostFromContainers.at("host.docker.internal")) {
      assertThat(host.translate(others)).isEqualTo(others);
    }
  }
}
