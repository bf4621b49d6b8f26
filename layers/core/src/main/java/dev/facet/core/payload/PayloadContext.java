package dev.facet.core.payload;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The use of a payload. Version 3 binds a payload to its context, so one payload cannot stand in
 * for another. Versions 1 and 2 have no such binding and ignore the context.
 *
 * @param faceVersion the model version in the route, {@code [A-Z]+[0-9]+_[0-9]+}
 * @param field the property that holds the payload
 */
public record PayloadContext(String faceVersion, Field field) {

  private static final Pattern VERSION = Pattern.compile("[A-Z]+[0-9]+_[0-9]+");

  /** The properties that hold payloads. */
  public enum Field {
    /** Embeddings, in requests. */
    FEATURES,
    /** A subject's id, in requests and responses. */
    PUID,
    /** A person's id, in responses. */
    GUID;

    /** Returns the property's name in JSON. */
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
