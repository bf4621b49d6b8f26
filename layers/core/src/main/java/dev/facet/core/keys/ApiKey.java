package dev.facet.core.keys;

import java.util.regex.Pattern;

/**
 * An API key: a secret. It is shown once when it is made, travels in requests, and is stored
 * nowhere; {@link #toString} hides it.
 *
 * @param secret the key itself, 20..128 ASCII letters and digits when we made it
 */
public record ApiKey(String secret) {

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9]{20,128}");

  /** Whether the key has the form of those that we generate; others can't be known to us. */
  public boolean isWellFormed() {
    return WELL_FORMED.matcher(secret).matches();
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
