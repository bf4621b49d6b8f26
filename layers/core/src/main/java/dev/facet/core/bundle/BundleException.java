package dev.facet.core.bundle;

import java.nio.file.Path;

/** Reports an unusable bundle; the message names the file, the property and the rule. */
public final class BundleException extends RuntimeException {

  /**
   * @param file the faulty file
   * @param rule the broken rule
   */
  public BundleException(Path file, String rule) {
    super("The model bundle can't be used: %s: %s.".formatted(file, rule));
  }
}
