package dev.facet.benchmarks.peers;

import org.jspecify.annotations.Nullable;

/**
 * A network as published, and the size of its picture where that is free.
 *
 * @param net its file's name without the ending
 * @param width columns, or null if the network fixes them
 * @param height rows, or null
 */
public record Network(String net, @Nullable Integer width, @Nullable Integer height) {

  /** For reports. */
  public String title() {
    return width == null ? net : "%s %d×%d".formatted(net, width, height);
  }
}
