package dev.facet.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is and by what it knows the caller: an AWS identity that signs, and the API key
 * that names the application.
 *
 * <p>It holds secrets: {@link #toString} hides them.
 *
 * @param endpoint the service's address, with the stage's path if there is one
 * @param region that signatures name, such as {@code ap-southeast-2}
 * @param accessKeyId of the AWS identity
 * @param secretAccessKey of the AWS identity
 * @param sessionToken of temporary credentials
 * @param apiKey sent as {@code x-api-key}
 */
public record Credentials(
    URI endpoint,
    String region,
    String accessKeyId,
    String secretAccessKey,
    @Nullable String sessionToken,
    String apiKey) {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Checks that all but the session token are there. */
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
   * @throws IOException if it can't be read or lacks a property
   */
  public static Credentials read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Credentials.class);
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
