package dev.facet.local.administration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.local.data.DataFolder;
import dev.facet.local.data.Json;
import dev.facet.local.http.LoopbackServer;
import dev.facet.local.http.RawRequest;
import dev.facet.local.http.Response;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Accepts administration commands while a service runs, because only the service's process may open
 * the data folder. It listens on a loopback port and serves clients that can read {@code
 * admin.json}, which only the folder's owner can.
 *
 * <p>A command arrives as the arguments of its command line, a JSON array, and is executed as if it
 * had been typed here; the response is its {@link CommandResult}. Commands are executed one at a
 * time.
 */
public final class AdminServer implements AutoCloseable {

  private static final int TOKEN_BYTES = 32;
  private static final int MAX_BODY_BYTES = 1 << 16;

  /** Longer than a command takes: an interrupted one could be half done. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private final LoopbackServer server;
  private final DataFolder data;

  private AdminServer(LoopbackServer server, DataFolder data) {
    this.server = server;
    this.data = data;
  }

  /** Starts the server and writes its address to the data folder. */
  public static AdminServer start(
      DataFolder data,
      KeyAdministration administration,
      DeadLetterService dead,
      SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    LoopbackServer server =
        LoopbackServer.start(
            "admin",
            MAX_BODY_BYTES,
            STOP_TIMEOUT,
            new CommandHandler(AdminAccess.authorization(token), administration, dead));
    AdminAccess.file(data.root())
        .write(new AdminAccess(URI.create("http://" + server.address() + "/"), token));
    return new AdminServer(server, data);
  }

  /** Waits for the command in progress, up to a timeout, and stops. */
  @Override
  public void close() {
    server.close();
    if (!data.isPresent()) {
      return; // the file at the path is another service's
    }
    try {
      Files.deleteIfExists(AdminAccess.path(data.root()));
    } catch (IOException left) {
      // a stale file is harmless: no server listens there, and the next service replaces the file
    }
  }

  /** Executes the commands of authorized requests. */
  private static final class CommandHandler implements LoopbackServer.Responder {

    private final byte[] authorization;
    private final KeyAdministration administration;
    private final DeadLetterService dead;

    CommandHandler(String authorization, KeyAdministration administration, DeadLetterService dead) {
      this.authorization = authorization.getBytes(UTF_8);
      this.administration = administration;
      this.dead = dead;
    }

    @Override
    public Optional<Response> refuse(RawRequest head) {
      return isAuthorized(head) ? Optional.empty() : Optional.of(empty(403));
    }

    @Override
    public Response handle(RawRequest request) {
      try {
        String[] arguments = Json.MAPPER.readValue(request.body(), String[].class);
        return Response.json(200, Json.MAPPER.writeValueAsString(execute(arguments)));
      } catch (JsonProcessingException noArguments) {
        return empty(400);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean isAuthorized(RawRequest request) {
      return request
          .first("authorization")
          .filter(given -> MessageDigest.isEqual(given.getBytes(UTF_8), authorization))
          .isPresent();
    }

    private synchronized CommandResult execute(String... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int status =
          Commands.commandLine(
                  () -> administration, () -> dead, new PrintWriter(out), new PrintWriter(err))
              .execute(arguments);
      return new CommandResult(status, out.toString(), err.toString());
    }

    private static Response empty(int status) {
      return new Response(status, List.of(), new byte[0]);
    }
  }
}
