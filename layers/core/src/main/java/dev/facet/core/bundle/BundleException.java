package dev.facet.core.bundle;

import java.nio.file.Path;

/** A bundle that can't be used; the message names the file, the property and the rule. */
public final class BundleException extends RuntimeException {

  /**
   * @param file what does not fit
   * @param rule why
   */
  public BundleException(Path file, String rule) {
    super("The model bundle can't be used: %s: %s.".formatted(file, rule));
  }
}
