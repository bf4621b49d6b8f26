package dev.facet.local.sigv4;

import org.jspecify.annotations.Nullable;

/**
 * The credentials with which a caller signs. {@link #toString} hides the secrets.
 *
 * @param accessKeyId identifies the pair; every request contains it
 * @param secretAccessKey the secret
 * @param sessionToken the token of temporary credentials; null for permanent ones
 */
public record SigningCredentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

  @Override
  public String toString() {
    return "SigningCredentials[" + accessKeyId + "]";
  }
}
