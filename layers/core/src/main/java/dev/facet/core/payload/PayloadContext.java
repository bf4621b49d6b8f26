package dev.facet.core.payload;

import dev.facet.core.embeddings.ModelVersion;
import java.util.Locale;

/**
 * The use of a payload. Version 3 binds a payload to its context, so one payload cannot stand in
 * for another. Versions 1 and 2 have no such binding and ignore the context.
 *
 * @param version the model version in the route
 * @param field the property that holds the payload
 */
public record PayloadContext(ModelVersion version, Field field) {

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
}
