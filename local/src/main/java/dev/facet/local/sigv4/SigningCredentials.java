package dev.facet.local.sigv4;

import org.jspecify.annotations.Nullable;

/**
 * What a caller signs with. {@link #toString} hides the secrets.
 *
 * @param accessKeyId names the pair; travels in every request
 * @param secretAccessKey the secret
 * @param sessionToken what temporary credentials carry besides; null for permanent ones
 */
public record SigningCredentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

  @Override
  public String toString() {
    return "SigningCredentials[" + accessKeyId + "]";
  }
}
