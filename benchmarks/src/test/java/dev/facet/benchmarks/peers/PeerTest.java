package dev.facet.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTest {

  @TempDir private Path folder;

  @Test
  void a_peer_tells_its_versions_and_what_it_saw() throws IOException {
    try (Peer peer = puppet()) {
      assertThat(peer.description()).isEqualTo("puppet: puppet 1");
      ExtractionResult seen = peer.extract(Path.of("photo.jpg"), Detail.BARE, null);
      assertThat(seen.stages()).containsExactly(entry("decode", 1), entry("detect", 2.5));
      assertThat(seen.largest().orElseThrow().box()).isEqualTo(new Area(1, 2, 3, 5));
      assertThat(seen.largest().orElseThrow().template()).containsExactly(0.6f, 0.8f);
    }
  }

  @Test
  void what_a_peer_cannot_do_is_told() throws IOException {
    try (Peer peer = puppet()) {
      assertThatThrownBy(() -> peer.net(new Network("fr_pose", null, null), 1))
          .isInstanceOf(UncheckedIOException.class)
          .hasRootCauseMessage("puppet: a puppet can't");
    }
  }

  @Test
  void a_peer_that_ends_at_once_is_no_peer() {
    assertThatThrownBy(() -> Peer.start("nobody", folder, List.of("true")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended");
  }

  private Peer puppet() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Peer.start(
        "puppet",
        folder,
        List.of(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.facet.benchmarks.peers.PuppetPeer"));
  }

  private static Map.Entry<String, Double> entry(String stage, double millis) {
    return Map.entry(stage, millis);
  }
}
