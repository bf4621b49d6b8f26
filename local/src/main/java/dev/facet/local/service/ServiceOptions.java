package dev.facet.local.service;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user's options.
 *
 * @param data the folder that holds all data
 * @param port the gateway's port; 0 for any free one
 * @param stage the first segment of every path, as without a custom domain on AWS; null for none
 * @param region the region that signatures must name
 * @param keepImages whether the demo application's originals are stored
 * @param allowedOrigins the origins from which pages may call, or {@code *} alone for all
 * @param remoteFace whether commands are serialized on their way to the face service, as for a
 *     separate function
 * @param node the options for {@code /node} alone
 * @param hosts further names under which the gateway may be called, besides those of the loopback
 *     address
 */
public record ServiceOptions(
    Path data,
    int port,
    @Nullable String stage,
    String region,
    boolean keepImages,
    List<String> allowedOrigins,
    boolean remoteFace,
    NodeOptions node,
    List<String> hosts) {

  /** Copies the lists. */
  public ServiceOptions {
    allowedOrigins = List.copyOf(allowedOrigins);
    hosts = List.copyOf(hosts);
  }

  /** Creates options of a gateway that may be called by the loopback address's names alone. */
  public ServiceOptions(
      Path data,
      int port,
      @Nullable String stage,
      String region,
      boolean keepImages,
      List<String> allowedOrigins,
      boolean remoteFace,
      NodeOptions node) {
    this(data, port, stage, region, keepImages, allowedOrigins, remoteFace, node, List.of());
  }
}
