package dev.facet.core.payload;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a payload is for. Version 3 binds a payload to it, so that one can't be passed off as
 * another; versions 1 and 2 can't and ignore it.
 *
 * @param faceVersion the model version in the route, {@code [A-Z]+[0-9]+_[0-9]+}
 * @param field the property that holds the payload
 */
public record PayloadContext(String faceVersion, Field field) {

  private static final Pattern VERSION = Pattern.compile("[A-Z]+[0-9]+_[0-9]+");

  /** The properties that hold payloads. */
  public enum Field {
    /** Embeddings, from the client. */
    FEATURES,
    /** A subject's id, both ways. */
    PUID,
    /** A person's id, to the client. */
    GUID;

    /** The property's name in JSON. */
    public String property() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the version's form. */
  public PayloadContext {
    if (!VERSION.matcher(faceVersion).matches()) {
      throw new IllegalArgumentException("a version matches [A-Z]+[0-9]+_[0-9]+");
    }
  }
}
