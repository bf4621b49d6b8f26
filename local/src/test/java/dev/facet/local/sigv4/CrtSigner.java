package dev.facet.local.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.local.http.RawRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.auth.credentials.Credentials;
import software.amazon.awssdk.crt.auth.signing.AwsSigner;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSignatureType;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSignedBodyHeaderType;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSigningAlgorithm;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.crt.http.HttpRequestBodyStream;

/** The AWS Common Runtime's own signer: the oracle of the verifier's tests. */
record CrtSigner(String region, String service, Instant time, int expirySeconds, boolean bodyHash) {

  CrtSigner(String region, String service, Instant time) {
    this(region, service, time, 300, true);
  }

  /** The same signer, whose query strings state another lifetime. */
  CrtSigner expiring(int seconds) {
    return new CrtSigner(region, service, time, seconds, bodyHash);
  }

  /** The same signer, which does not send the body's hash in a header. */
  CrtSigner withoutBodyHash() {
    return new CrtSigner(region, service, time, expirySeconds, false);
  }

  RawRequest sign(RawRequest request, SigningCredentials by, AwsSignatureType placement) {
    return sign(request, by, placement, null);
  }

  /** Signs for a payload hash that the caller claims instead of the body's own. */
  RawRequest sign(
      RawRequest request,
      SigningCredentials by,
      AwsSignatureType placement,
      @Nullable String payloadHash) {
    String target = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    HttpHeader[] headers =
        request.headers().stream()
            .map(header -> new HttpHeader(header.name(), header.value()))
            .toArray(HttpHeader[]::new);
    HttpRequest unsigned =
        new HttpRequest(request.method(), target, headers, stream(request.body()));
    try (AwsSigningConfig config = config(by, placement)) {
      config.setSignedBodyValue(payloadHash);
      return raw(AwsSigner.signRequest(unsigned, config).join(), request.body());
    }
  }

  private AwsSigningConfig config(SigningCredentials by, AwsSignatureType placement) {
    AwsSigningConfig config = new AwsSigningConfig();
    config.setAlgorithm(AwsSigningAlgorithm.SIGV4);
    config.setSignatureType(placement);
    config.setRegion(region);
    config.setService(service);
    config.setTime(time.toEpochMilli());
    config.setUseDoubleUriEncode(true);
    config.setShouldNormalizeUriPath(true);
    config.setSignedBodyHeader(
        bodyHash && placement == AwsSignatureType.HTTP_REQUEST_VIA_HEADERS
            ? AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA256
            : AwsSignedBodyHeaderType.NONE);
    config.setExpirationInSeconds(
        placement == AwsSignatureType.HTTP_REQUEST_VIA_HEADERS ? 0 : expirySeconds);
    config.setCredentials(
        new Credentials(
            by.accessKeyId().getBytes(UTF_8),
            by.secretAccessKey().getBytes(UTF_8),
            by.sessionToken() == null ? null : by.sessionToken().getBytes(UTF_8)));
    return config;
  }

  private static RawRequest raw(HttpRequest signed, byte[] body) {
    String target = signed.getEncodedPath();
    int question = target.indexOf('?');
    List<RawRequest.Header> headers =
        Stream.of(signed.getHeadersAsArray())
            .map(header -> new RawRequest.Header(header.getName(), header.getValue()))
            .toList();
    return new RawRequest(
        signed.getMethod(),
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        headers,
        body);
  }

  private static HttpRequestBodyStream stream(byte[] body) {
    ByteBuffer left = ByteBuffer.wrap(body);
    return new HttpRequestBodyStream() {
      @Override
      public boolean sendRequestBody(ByteBuffer out) {
        int count = Math.min(left.remaining(), out.remaining());
        out.put(left.slice().limit(count));
        left.position(left.position() + count);
        return !left.hasRemaining();
      }

      @Override
      public boolean resetPosition() {
        left.rewind();
        return true;
      }

      @Override
      public long getLength() {
        return body.length;
      }
    };
  }
}
