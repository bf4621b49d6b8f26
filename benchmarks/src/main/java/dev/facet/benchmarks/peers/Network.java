package dev.facet.benchmarks.peers;

import org.jspecify.annotations.Nullable;

/**
 * A published network, with its input size if that is variable.
 *
 * @param net its file name without extension
 * @param width columns of the input, or null if the network fixes them
 * @param height rows of the input, or null if the network fixes them
 */
public record Network(String net, @Nullable Integer width, @Nullable Integer height) {

  /** Returns the title in reports. */
  public String title() {
    return width == null ? net : "%s %d×%d".formatted(net, width, height);
  }
}
