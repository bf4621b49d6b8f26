package dev.facet.benchmarks.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.client.Credentials;
import dev.facet.client.RequestSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** A client of the plain routes of {@code /node}, which signs its requests. Thread-safe. */
final class NodeClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Credentials credentials;
  private final RequestSigner signer;

  NodeClient(Credentials credentials) {
    this.credentials = credentials;
    this.signer = new RequestSigner(credentials, Clock.systemUTC());
  }

  /**
   * A response.
   *
   * @param millis milliseconds from the start of signing to the last byte
   */
  record Reply(int status, JsonNode body, double millis) {
    String puid() {
      return body.path("puid").asText();
    }

    String message() {
      return body.path("message").asText();
    }
  }

  /** Returns the body of a request with one embedding. */
  String body(String version, float[] embedding) {
    ObjectNode body =
        JSON.createObjectNode().put("api_key", credentials.apiKey()).put("version", version);
    body.putObject("features")
        .put("type", Crowd.FACTOR)
        .set("embedding_vector", JSON.valueToTree(embedding));
    return body.toString();
  }

  Reply predict(String body) {
    return post("/node/plainPredict", body);
  }

  Reply enrol(String body) {
    return post("/node/plainEnroll", body);
  }

  private Reply post(String path, String body) {
    URI uri = URI.create(credentials.endpoint().toString().replaceFirst("/$", "") + path);
    try {
      long start = System.nanoTime();
      var response =
          http.send(
              signer.signed("POST", uri, body.getBytes(StandardCharsets.UTF_8)).build(),
              BodyHandlers.ofByteArray());
      double millis = (System.nanoTime() - start) / 1e6;
      return new Reply(response.statusCode(), JSON.readTree(response.body()), millis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a response", e);
    }
  }
}
