package dev.facet.client;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that gives one answer to everything and remembers what it was asked. */
public final class ScriptedService implements AutoCloseable {

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request as it arrived; header names in lower case. */
  public record Asked(String method, String target, Map<String, String> headers, String body) {}

  /** Starts on a free port. */
  public ScriptedService(int status, String answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new TreeMap<>();
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
          asked.add(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  headers,
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  /** How to reach it; the secrets are made up. */
  public Credentials credentials() {
    return new Credentials(
        URI.create("http://127.0.0.1:%d/dev/".formatted(server.getAddress().getPort())),
        "ap-southeast-2",
        "AKIDEXAMPLE",
        "example-secret-access-key",
        null,
        "example-api-key");
  }

  /** The one request that came. */
  public Asked asked() {
    return asked.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
