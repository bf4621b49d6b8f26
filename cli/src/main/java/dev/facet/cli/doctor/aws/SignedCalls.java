package dev.facet.cli.doctor.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.cli.doctor.NotReadable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Signed calls of services whose SDK modules are not published at versions that fit the others:
 * CloudWatch, SNS and CloudWatch Logs.
 */
public final class SignedCalls {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int SUCCESS = 200;

  /** Headers that the JDK's HTTP client sets itself. */
  private static final Set<String> SET_BY_TRANSPORT = Set.of("host", "content-length");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final @Nullable URI endpoint;
  private final Clock clock;

  /**
   * Creates access to the services of a Region.
   *
   * @param endpoint the address of all services; null for AWS's own
   * @param clock dates the signatures
   */
  public SignedCalls(
      Region region, AwsCredentialsProvider credentials, @Nullable URI endpoint, Clock clock) {
    this.region = region;
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /**
   * Calls an operation of the Query protocol.
   *
   * @param service the service's name in endpoints and signatures, such as {@code sns}
   * @return the response's XML
   */
  String query(String service, String version, String action, Map<String, String> parameters) {
    String body =
        "Action=%s&Version=%s".formatted(action, version)
            + parameters.entrySet().stream()
                .map(each -> "&" + encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining());
    return send(service, Map.of("content-type", "application/x-www-form-urlencoded"), body);
  }

  /** Calls an operation of the JSON protocol 1.1 and returns the response's JSON. */
  String json(String service, String target, String body) {
    return send(
        service,
        Map.of("content-type", "application/x-amz-json-1.1", "x-amz-target", target),
        body);
  }

  private String send(String service, Map<String, String> headers, String body) {
    try {
      HttpResponse<String> response =
          http.send(signed(service, headers, body), BodyHandlers.ofString());
      if (response.statusCode() != SUCCESS) {
        throw new NotReadable("%s answers %d".formatted(service, response.statusCode()));
      }
      return response.body();
    } catch (IOException e) {
      throw new NotReadable(service + " does not respond", e);
    } catch (SdkException e) {
      throw new NotReadable(service + " can't be called: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReadable("interrupted while waiting for a response", e);
    }
  }

  private HttpRequest signed(String service, Map<String, String> headers, String body) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri(service));
    headers.forEach(unsigned::putHeader);
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                request ->
                    request
                        .identity(credentials.resolveCredentials())
                        .request(unsigned.build())
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(service))
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofString(body, UTF_8));
    signed
        .request()
        .headers()
        .forEach(
            (name, values) -> {
              if (!SET_BY_TRANSPORT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    return builder.build();
  }

  private URI uri(String service) {
    return endpoint != null
        ? endpoint.resolve("/")
        : URI.create(
            "https://%s.%s.%s/"
                .formatted(service, region.id(), region.metadata().partition().dnsSuffix()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
