package dev.facet.benchmarks.extraction;

import dev.facet.benchmarks.peers.Detail;
import dev.facet.benchmarks.peers.Peer;
import dev.facet.benchmarks.peers.Plan;
import dev.facet.benchmarks.peers.Seen;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline and its task.
 *
 * @param title the title in reports
 * @param peer the pipeline
 * @param detail the extent of each extraction
 */
record Contender(String title, Peer peer, Detail detail) {

  Seen extract(Path photo, @Nullable Plan plan) {
    return peer.extract(photo, detail, plan);
  }
}
