package dev.facet.core.applications;

import java.util.UUID;

/**
 * The generated name of an application; galleries and settings hang on it, and a key's rotation
 * keeps it.
 *
 * @param value a random UUID
 */
public record ApplicationId(UUID value) {

  /** Reads an id from its text form. */
  public static ApplicationId parse(String text) {
    return new ApplicationId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
