package dev.facet.benchmarks.extraction;

import dev.facet.benchmarks.peers.Detail;
import dev.facet.benchmarks.peers.DetectionPlan;
import dev.facet.benchmarks.peers.ExtractionResult;
import dev.facet.benchmarks.peers.Peer;
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

  ExtractionResult extract(Path photo, @Nullable DetectionPlan plan) {
    return peer.extract(photo, detail, plan);
  }
}
