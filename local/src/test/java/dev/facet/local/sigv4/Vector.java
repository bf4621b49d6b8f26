package dev.facet.local.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.local.http.RawRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One of the public test vectors: a request, signed both ways by a known key at a known time. */
record Vector(String name, Path folder, JsonNode context) {

  static Vector read(Path folder) {
    try {
      return new Vector(
          folder.toFile().getName(),
          folder,
          new ObjectMapper().readTree(folder.resolve("context.json").toFile()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  SigningCredentials credentials() {
    JsonNode credentials = context.get("credentials");
    return new SigningCredentials(
        credentials.get("access_key_id").textValue(),
        credentials.get("secret_access_key").textValue(),
        credentials.path("token").textValue());
  }

  String region() {
    return context.get("region").textValue();
  }

  String service() {
    return context.get("service").textValue();
  }

  Instant time() {
    return Instant.parse(context.get("timestamp").textValue());
  }

  String expected(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signed request of the vector: {@code header} or {@code query}. */
  RawRequest signed(String placement) {
    String text = expected(placement + "-signed-request.txt");
    int blank = text.indexOf("\n\n");
    String head = blank < 0 ? text.stripTrailing() : text.substring(0, blank);
    String body = blank < 0 ? "" : text.substring(blank + 2).stripTrailing();
    List<String> lines = List.of(head.split("\n", -1));
    String requestLine = lines.getFirst();
    String method = requestLine.substring(0, requestLine.indexOf(' '));
    String target =
        requestLine.substring(requestLine.indexOf(' ') + 1, requestLine.lastIndexOf(' '));
    int question = target.indexOf('?');
    return new RawRequest(
        method,
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        headers(lines.subList(1, lines.size())),
        body.getBytes(UTF_8));
  }

  /** A folded line continues the one before, after one space (RFC 9112, section 5.2). */
  private static List<RawRequest.Header> headers(List<String> lines) {
    List<RawRequest.Header> headers = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(" ")) {
        RawRequest.Header last = headers.removeLast();
        headers.add(new RawRequest.Header(last.name(), last.value() + " " + line.strip()));
      } else {
        int colon = line.indexOf(':');
        headers.add(new RawRequest.Header(line.substring(0, colon), line.substring(colon + 1)));
      }
    }
    return headers;
  }
}
