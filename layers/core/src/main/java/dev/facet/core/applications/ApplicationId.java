package dev.facet.core.applications;

import java.util.UUID;

/**
 * The generated id of an application. Galleries and settings refer to it, and it survives the
 * rotation of a key.
 *
 * @param value a random UUID
 */
public record ApplicationId(UUID value) {

  /** Parses an id from its text form. */
  public static ApplicationId parse(String text) {
    return new ApplicationId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
