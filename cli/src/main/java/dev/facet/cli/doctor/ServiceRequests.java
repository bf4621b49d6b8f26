package dev.facet.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.facet.client.Credentials;
import dev.facet.client.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;

/** Sends single requests to a service, with or without what its gateway demands. */
public final class ServiceRequests {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than the gateway's timeout of 29 s. */
  private static final Duration TIMEOUT = Duration.ofSeconds(35);

  /** An API key in a form that no key of a service has. */
  private static final String UNKNOWN_KEY = "facet-doctor-has-no-key";

  private final Credentials credentials;
  private final HttpClient http;
  private final RequestSigner signer;
  private final RequestSigner keyless;

  /**
   * A response.
   *
   * @param body the JSON object; empty if the body is none
   */
  public record Reply(int status, JsonNode body) {}

  /**
   * Creates access to a service.
   *
   * @param clock dates the signatures
   */
  public ServiceRequests(Credentials credentials, HttpClient http, Clock clock) {
    this.credentials = credentials;
    this.http = http;
    this.signer = new RequestSigner(credentials, clock);
    this.keyless = new RequestSigner(withUnknownKey(credentials), clock);
  }

  private static Credentials withUnknownKey(Credentials known) {
    return new Credentials(
        known.endpoint(),
        known.region(),
        known.accessKeyId(),
        known.secretAccessKey(),
        known.sessionToken(),
        UNKNOWN_KEY);
  }

  /** Returns the service's address. */
  public URI endpoint() {
    return credentials.endpoint();
  }

  /** Returns the API key of signed requests. */
  String apiKey() {
    return credentials.apiKey();
  }

  /** Sends a signed request that carries the API key. */
  Reply signed(String method, String path, String body, String encryptionVersion) {
    return send(
        signer
            .signed(method, uri(path), body.getBytes(UTF_8))
            .header("x-encryption-version", encryptionVersion));
  }

  /** Sends a signed request without a body, with an API key that does not exist. */
  Reply withUnknownKey(String method, String path) {
    return send(keyless.signed(method, uri(path), new byte[0]));
  }

  /** Sends a request without a body, signature and API key. */
  Reply unsigned(String method, String path) {
    return send(HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody()));
  }

  private URI uri(String path) {
    return URI.create(credentials.endpoint().toString().replaceFirst("/$", "") + path);
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), json(response.body()));
    } catch (IOException e) {
      throw new NotReadable("%s does not respond".formatted(credentials.endpoint()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReadable("interrupted while waiting for a response", e);
    }
  }

  private static JsonNode json(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json.isObject() ? json : JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
