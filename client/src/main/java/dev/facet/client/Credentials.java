package dev.facet.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a service and the caller's credentials: an AWS identity that signs requests, and
 * the API key that identifies the application.
 *
 * <p>{@link #toString} hides the secrets.
 *
 * @param endpoint the service's address, with the stage's path if there is one
 * @param region the AWS Region in signatures, such as {@code ap-southeast-2}
 * @param accessKeyId the access key id of the AWS identity
 * @param secretAccessKey the secret access key of the AWS identity
 * @param sessionToken the session token; only for temporary credentials
 * @param apiKey the API key, sent in the header {@code x-api-key}
 */
public record Credentials(
    URI endpoint,
    String region,
    String accessKeyId,
    String secretAccessKey,
    @Nullable String sessionToken,
    String apiKey) {

  /** Requires every component except the session token. */
  public Credentials {
    require(endpoint, "endpoint");
    require(region, "region");
    require(accessKeyId, "accessKeyId");
    require(secretAccessKey, "secretAccessKey");
    require(apiKey, "apiKey");
  }

  /**
   * Reads the {@code credentials.json} that {@code ./facet serve} writes.
   *
   * @throws IOException if the file can't be read or lacks a property
   */
  public static Credentials read(Path file) throws IOException {
    return Json.MAPPER.readValue(file.toFile(), Credentials.class);
  }

  @Override
  public String toString() {
    return "Credentials[%s, %s, %s]".formatted(endpoint, region, accessKeyId);
  }

  private static void require(@Nullable Object value, String property) {
    if (value == null) {
      throw new IllegalArgumentException(property + " must be provided");
    }
  }
}
