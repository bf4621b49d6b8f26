package dev.facet.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faces.FaceAttributes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A client of the {@code /v1} API. Photos are encoded images (JPEG, PNG, BMP, GIF, WebP) of at most
 * about 4.4 MB. Thread-safe. The client never retries a request.
 *
 * <p>Every method throws a {@link FacetException}: Refused for an invalid photo or value, NotFound
 * for an id without a subject, Denied, Throttled, Unavailable.
 */
public final class FacetClient {

  /** Longer than the gateway's timeout of 29 s. */
  private static final Duration TIMEOUT = Duration.ofSeconds(35);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String endpoint;
  private final HttpClient http;
  private final RequestSigner signer;

  /**
   * An enrolled subject.
   *
   * @param id the id that the service assigned
   * @param attributes the attributes of the enrolled face
   */
  public record Enrolled(String id, FaceAttributes attributes) {}

  /**
   * A subject similar to a probe.
   *
   * @param score 0..9999
   */
  public record Candidate(String id, int score) {}

  /** Creates a client with a new HTTP transport and the system clock. */
  public FacetClient(Credentials credentials) {
    this(credentials, http(), Clock.systemUTC());
  }

  /**
   * Creates a client.
   *
   * @param http the transport
   * @param clock supplies the date of the signatures
   */
  public FacetClient(Credentials credentials, HttpClient http, Clock clock) {
    this.endpoint = credentials.endpoint().toString().replaceFirst("/$", "");
    this.http = http;
    this.signer = new RequestSigner(credentials, clock);
  }

  /** Uses HTTP/1.1: by default the JDK offers an upgrade with each {@code http} request. */
  private static HttpClient http() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /** Enrols the one prominent face of a photo as a new subject. */
  public Enrolled register(byte[] photo) {
    return enrolled(execute("POST", "/v1/subjects", image("face", photo)));
  }

  /** Replaces all data of a subject with the one prominent face of a photo. */
  public Enrolled update(String id, byte[] photo) {
    return enrolled(execute("PUT", subject(id), image("face", photo)));
  }

  /** Deletes a subject permanently. */
  public void delete(String id) {
    execute("DELETE", subject(id), null);
  }

  /** Returns the attributes of up to 20 faces, largest first; at least one. */
  public List<FaceAttributes> extract(byte[] photo) {
    return execute("POST", "/v1/face/extract", image("faces", photo))
        .required("faces")
        .valueStream()
        .map(face -> Responses.attributes(face.required("attributes")))
        .toList();
  }

  /**
   * Returns the subjects most like a photo's one prominent face, best first; possibly none.
   *
   * @param threshold the minimum score, 0..9999
   * @param limit the maximum number of candidates, 1..50
   */
  public List<Candidate> search(byte[] probe, int threshold, int limit) {
    ObjectNode request = image("probe", probe).put("threshold", threshold).put("limit", limit);
    HttpResponse<String> response = send("POST", "/v1/face/search", request);
    return isNoMatch(response, "Candidates not found")
        ? List.of()
        : requireSuccess(response)
            .required("candidates")
            .valueStream()
            .map(FacetClient::candidate)
            .toList();
  }

  /** Returns the score of a photo against a subject; empty if the deployment rejects the match. */
  public OptionalInt verify(String id, byte[] probe) {
    HttpResponse<String> response =
        send("POST", "/v1/face/verify", image("probe", probe).put("id", id));
    return isNoMatch(response, "Subject not verified")
        ? OptionalInt.empty()
        : OptionalInt.of(candidate(requireSuccess(response)).score());
  }

  private JsonNode execute(String method, String path, @Nullable ObjectNode request) {
    return requireSuccess(send(method, path, request));
  }

  private HttpResponse<String> send(String method, String path, @Nullable ObjectNode request) {
    byte[] body =
        request == null ? new byte[0] : request.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return http.send(
          signer.signed(method, URI.create(endpoint + path), body).timeout(TIMEOUT).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new FacetException.Unavailable("%s does not respond".formatted(endpoint), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FacetException.Unavailable("interrupted while waiting for a response", e);
    }
  }

  private static JsonNode requireSuccess(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw Responses.failure(response);
    }
    return Responses.json(response);
  }

  /** Returns whether a 404 means that there is no match, rather than a missing subject. */
  private static boolean isNoMatch(HttpResponse<String> response, String message) {
    return response.statusCode() == 404
        && Responses.json(response).path("message").asText().equals(message);
  }

  private static Enrolled enrolled(JsonNode json) {
    return new Enrolled(
        json.required("id").asText(), Responses.attributes(json.required("attributes")));
  }

  private static Candidate candidate(JsonNode json) {
    return new Candidate(json.required("id").asText(), json.required("score").asInt());
  }

  private static ObjectNode image(String property, byte[] photo) {
    return JSON.createObjectNode().put(property, Base64.getEncoder().encodeToString(photo));
  }

  private static String subject(String id) {
    return "/v1/subjects/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
