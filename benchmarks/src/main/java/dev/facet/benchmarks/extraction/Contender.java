package dev.facet.benchmarks.extraction;

import dev.facet.benchmarks.peers.Detail;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.peers.Plan;
import dev.facet.benchmarks.peers.Seen;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline and what is asked of it.
 *
 * @param title in reports
 * @param peer the pipeline
 * @param detail how much it has to tell
 */
record Contender(String title, Peer peer, Detail detail) {

  Seen extract(Path photo, @Nullable Plan plan) {
    return peer.extract(photo, detail, plan);
  }
}
