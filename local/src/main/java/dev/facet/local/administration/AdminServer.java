package dev.facet.local.administration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.core.erasure.ApplicationErasure;
import dev.facet.core.faces.GalleryAudit;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

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

  /** Time for the response of the last command to leave. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  /**
   * Longer than most commands take: an interrupted one could be half done. An erasure may take
   * longer; it goes on when it is run again.
   */
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(15);

  private final LoopbackServer server;
  private final CommandHandler commands;
  private final DataFolder data;

  private AdminServer(LoopbackServer server, CommandHandler commands, DataFolder data) {
    this.server = server;
    this.commands = commands;
    this.data = data;
  }

  /** Starts the server and writes its address to the data folder. */
  public static AdminServer start(
      DataFolder data,
      KeyAdministration administration,
      DeadLetterService dead,
      ApplicationErasure erasure,
      GalleryAudit galleries,
      SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    CommandHandler commands =
        new CommandHandler(
            AdminAccess.authorization(token), administration, dead, erasure, galleries);
    LoopbackServer server = LoopbackServer.start("admin", MAX_BODY_BYTES, STOP_TIMEOUT, commands);
    AdminAccess.file(data.root())
        .write(new AdminAccess(URI.create("http://" + server.address() + "/"), token));
    return new AdminServer(server, commands, data);
  }

  /** Waits for the command in progress, up to a timeout, and stops. */
  @Override
  public void close() {
    commands.close();
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
    private final ReentrantLock executing = new ReentrantLock();
    private volatile boolean closed;
    private final KeyAdministration administration;
    private final DeadLetterService dead;
    private final ApplicationErasure erasure;
    private final GalleryAudit galleries;

    CommandHandler(
        String authorization,
        KeyAdministration administration,
        DeadLetterService dead,
        ApplicationErasure erasure,
        GalleryAudit galleries) {
      this.authorization = authorization.getBytes(UTF_8);
      this.administration = administration;
      this.dead = dead;
      this.erasure = erasure;
      this.galleries = galleries;
    }

    @Override
    public Optional<Response> refuse(RawRequest head) {
      return isAuthorized(head) ? Optional.empty() : Optional.of(empty(403));
    }

    @Override
    public Response handle(RawRequest request) throws InterruptedException {
      try {
        String[] arguments = Json.MAPPER.readValue(request.body(), String[].class);
        executing.lockInterruptibly();
        try {
          return closed ? empty(503) : executed(arguments);
        } finally {
          executing.unlock();
        }
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

    private Response executed(String... arguments) throws JsonProcessingException {
      return Response.json(200, Json.MAPPER.writeValueAsString(execute(arguments)));
    }

    /** Waits for the command in progress, up to a timeout; no other one is executed. */
    void close() {
      closed = true;
      try {
        if (executing.tryLock(COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
          executing.unlock();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private CommandResult execute(String... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int status =
          Commands.commandLine(
                  () -> administration,
                  () -> dead,
                  () -> erasure,
                  () -> galleries,
                  new PrintWriter(out),
                  new PrintWriter(err))
              .execute(arguments);
      return new CommandResult(status, out.toString(), err.toString());
    }

    private static Response empty(int status) {
      return new Response(status, List.of(), new byte[0]);
    }
  }
}
