package dev.facet.local.administration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.keys.KeyAdministration;
import dev.facet.local.data.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int TOKEN_BYTES = 32;
  private static final int MOST_BYTES = 1 << 16;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AdminAccess access;
  private final Path file;
  private final KeyAdministration administration;
  private final DeadLetterService dead;

  private AdminServer(
      HttpServer server,
      AdminAccess access,
      Path file,
      KeyAdministration executing,
      DeadLetterService dead) {
    this.server = server;
    this.access = access;
    this.file = file;
    this.administration = executing;
    this.dead = dead;
  }

  /**
   * Starts the server and writes its address to the data folder.
   *
   * @throws IOException if no port is available
   */
  public static AdminServer start(
      DataFolder data,
      KeyAdministration administration,
      DeadLetterService dead,
      SecureRandom random)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    AdminAccess access =
        new AdminAccess(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
            HexFormat.of().formatHex(token));
    AdminServer admin =
        new AdminServer(server, access, AdminAccess.path(data.root()), administration, dead);
    server.setExecutor(admin.threads);
    server.createContext("/", admin::answer);
    server.start();
    AdminAccess.file(data.root()).write(access);
    return admin;
  }

  /** Waits up to a second for the command in progress, then stops. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
    try {
      Files.deleteIfExists(file);
    } catch (IOException left) {
      // a stale file is harmless: no server listens there, and the next service replaces the file
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (isAuthorized(exchange)) {
        perform(exchange);
      } else {
        exchange.sendResponseHeaders(403, -1);
      }
    }
  }

  private void perform(HttpExchange exchange) throws IOException {
    String[] arguments;
    try {
      arguments = JSON.readValue(exchange.getRequestBody().readNBytes(MOST_BYTES), String[].class);
    } catch (JsonProcessingException noArguments) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    byte[] outcome = JSON.writeValueAsBytes(execute(arguments));
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(200, outcome.length);
    exchange.getResponseBody().write(outcome);
  }

  private boolean isAuthorized(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("authorization");
    return given != null
        && MessageDigest.isEqual(given.getBytes(UTF_8), access.authorization().getBytes(UTF_8));
  }

  private synchronized CommandResult execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Commands.line(() -> administration, () -> dead, new PrintWriter(out), new PrintWriter(err))
            .execute(arguments);
    return new CommandResult(status, out.toString(), err.toString());
  }
}
