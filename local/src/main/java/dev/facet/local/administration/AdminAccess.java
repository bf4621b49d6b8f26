package dev.facet.local.administration;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.facet.local.data.PrivateFile;
import java.net.URI;
import java.nio.file.Path;

/**
 * The address and token with which the owner of a data folder reaches the service that runs on it;
 * also the format of {@code admin.json}. {@link #toString} hides the token.
 *
 * @param endpoint the URL that accepts commands
 * @param token commands must carry it; each start of a service makes another
 */
record AdminAccess(URI endpoint, String token) {

  /** Returns the file of a data folder that holds it while a service runs. */
  static PrivateFile<AdminAccess> file(Path data) {
    return new PrivateFile<>(path(data), new TypeReference<>() {});
  }

  static Path path(Path data) {
    return data.resolve("admin.json");
  }

  String authorization() {
    return authorization(token);
  }

  /** Returns the value of a command's {@code Authorization} header. */
  static String authorization(String token) {
    return "Bearer " + token;
  }

  @Override
  public String toString() {
    return "AdminAccess[" + endpoint + "]";
  }
}
