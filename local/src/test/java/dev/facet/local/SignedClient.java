package dev.facet.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.local.sigv4.SigningCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Sends requests signed by the AWS SDK's own signer, or, after {@link #unsigned}, not signed. */
public final class SignedClient {

  private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "content-length");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String endpoint;
  private final SigningCredentials credentials;
  private final Clock clock;
  private final Map<String, String> headers;
  private final boolean signing;

  /** A client of an endpoint. */
  public SignedClient(String endpoint, SigningCredentials credentials, Clock clock) {
    this(endpoint, credentials, clock, Map.of(), true);
  }

  private SignedClient(
      String endpoint,
      SigningCredentials credentials,
      Clock clock,
      Map<String, String> headers,
      boolean signing) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.clock = clock;
    this.headers = headers;
    this.signing = signing;
  }

  /** The same client, sending a header too. */
  public SignedClient with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new SignedClient(endpoint, credentials, clock, more, signing);
  }

  /** The same client, without the signature. */
  public SignedClient unsigned() {
    return new SignedClient(endpoint, credentials, clock, headers, false);
  }

  /** The same client, signing as somebody else. */
  public SignedClient as(SigningCredentials other) {
    return new SignedClient(endpoint, other, clock, headers, signing);
  }

  /** The same client, signing at another time. */
  public SignedClient at(Clock other) {
    return new SignedClient(endpoint, credentials, other, headers, signing);
  }

  /** Sends a request. */
  public HttpResponse<String> send(String method, String pathAndQuery, String body) {
    return send(method, pathAndQuery, body, body);
  }

  /** Signs a request with one body and sends it with another. */
  public HttpResponse<String> send(
      String method, String pathAndQuery, String signedBody, String sentBody) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + pathAndQuery))
            .method(method, BodyPublishers.ofString(sentBody));
    signed(method, pathAndQuery, signedBody)
        .forEach(
            (name, values) -> {
              if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The headers of a signed request. */
  public Map<String, List<String>> signed(String method, String pathAndQuery, String body) {
    SdkHttpRequest.Builder builder =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create(endpoint + pathAndQuery));
    headers.forEach(builder::putHeader);
    if (!signing) {
      return builder.build().headers();
    }
    return AwsV4HttpSigner.create()
        .sign(
            request ->
                request
                    .identity(identity())
                    .request(builder.build())
                    .payload(ContentStreamProvider.fromByteArray(body.getBytes(UTF_8)))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "ap-southeast-2")
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock))
        .request()
        .headers();
  }

  private AwsCredentialsIdentity identity() {
    String token = credentials.sessionToken();
    return token == null
        ? AwsCredentialsIdentity.create(credentials.accessKeyId(), credentials.secretAccessKey())
        : AwsSessionCredentialsIdentity.create(
            credentials.accessKeyId(), credentials.secretAccessKey(), token);
  }
}
