package dev.facet.local.service;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.local.data.PrivateFile;
import java.nio.file.Path;

/**
 * The credentials with which a client calls the service as the demo application; also the format of
 * {@code credentials.json}. {@link #toString} hides the secrets.
 *
 * @param endpoint the URL to which the API's paths are appended
 */
public record Credentials(
    String endpoint, String region, String accessKeyId, String secretAccessKey, String apiKey) {

  /** Returns the file that holds them. */
  public static PrivateFile<Credentials> file(Path path) {
    return new PrivateFile<>(path, new TypeReference<>() {});
  }

  Credentials at(String newEndpoint, String newRegion) {
    return new Credentials(newEndpoint, newRegion, accessKeyId, secretAccessKey, apiKey);
  }

  @Override
  public String toString() {
    return "Credentials[" + endpoint + ", " + accessKeyId + "]";
  }
}
