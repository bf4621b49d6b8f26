package dev.facet.local.administration;

import dev.facet.local.data.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A client of the service that has a data folder open. */
final class RunningService {

  /** Longer than the erasure of an application, for which other commands wait, too. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

  private final Path data;

  RunningService(Path data) {
    this.data = data;
  }

  /**
   * Executes a command in the service.
   *
   * @return empty if no service accepts commands now, so that the command was certainly not
   *     executed
   * @throws UncheckedIOException if there was no response: the command may have been executed
   */
  Optional<CommandResult> execute(String... arguments) {
    return AdminAccess.file(data).read().flatMap(access -> execute(access, arguments));
  }

  private static Optional<CommandResult> execute(AdminAccess access, String... arguments) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(access.endpoint())
              .header("authorization", access.authorization())
              .timeout(REQUEST_TIMEOUT)
              .POST(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(arguments)))
              .build();
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case 200 -> Optional.of(Json.MAPPER.readValue(response.body(), CommandResult.class));
        case 500 -> throw new IOException("status 500");
        default -> Optional.empty();
      };
    } catch (ConnectException refused) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The service did not respond.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
