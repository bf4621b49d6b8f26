package dev.facet.local.service;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user chooses.
 *
 * @param data the folder in which everything is kept
 * @param port where the gateway listens; 0 for any that is free
 * @param stage the first segment of every path, as without a custom domain on AWS; null for none
 * @param region what signatures must be for
 * @param keepImages whether the demo application's originals are stored
 * @param allowedOrigins the origins whose pages may call, or {@code *} alone for all
 * @param remoteFace whether commands go to the face service as bytes, as to a function of its own
 * @param node what concerns {@code /node} alone
 */
public record Options(
    Path data,
    int port,
    @Nullable String stage,
    String region,
    boolean keepImages,
    List<String> allowedOrigins,
    boolean remoteFace,
    NodeOptions node) {

  /** Copies the list. */
  public Options {
    allowedOrigins = List.copyOf(allowedOrigins);
  }
}
