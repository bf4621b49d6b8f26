package dev.facet.core.keys;

import java.util.regex.Pattern;

/**
 * An API key, which is a secret. Its owner sees it once, at creation; after that it travels only in
 * requests, and this service never stores it. {@link #toString} hides it.
 *
 * @param secret the key itself; every key that this service generates has 20..128 ASCII letters and
 *     digits
 */
public record ApiKey(String secret) {

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9]{20,128}");

  /** Returns whether the key has the form of generated keys; any other key is certainly unknown. */
  public boolean isWellFormed() {
    return WELL_FORMED.matcher(secret).matches();
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
