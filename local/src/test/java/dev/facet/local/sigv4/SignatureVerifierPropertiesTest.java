package dev.facet.local.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.local.http.RawRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSignatureType;

/** Whatever AWS's own signer signs is accepted; nothing of it can then be changed. */
class SignatureVerifierPropertiesTest {

  private static final Instant NOW = Instant.parse("2026-02-28T23:59:58Z");
  private static final CrtSigner SIGNER = new CrtSigner("ap-southeast-2", "execute-api", NOW);

  @Property(tries = 300)
  void what_is_signed_in_headers_is_accepted(@ForAll("requests") RawRequest request) {
    isAccepted(request, AwsSignatureType.HTTP_REQUEST_VIA_HEADERS, null);
  }

  @Property(tries = 300)
  void what_is_signed_in_the_query_string_is_accepted(@ForAll("requests") RawRequest request) {
    isAccepted(request, AwsSignatureType.HTTP_REQUEST_VIA_QUERY_PARAMS, null);
  }

  @Property(tries = 100)
  void what_is_signed_with_temporary_credentials_is_accepted(
      @ForAll("requests") RawRequest request, @ForAll AwsSignaturePlacement placement) {
    isAccepted(request, placement.type, "FwoGZXIvYXdzE//+tokEN==");
  }

  @Property(tries = 200)
  void a_changed_method_path_query_header_or_body_is_refused(
      @ForAll("requests") RawRequest request,
      @ForAll Part part,
      @ForAll AwsSignaturePlacement placement) {
    SigningCredentials credentials = credentials(null);
    RawRequest signed = SIGNER.sign(request, credentials, placement.type);
    assertThatThrownBy(() -> verifier(credentials).verify(part.changed(signed)))
        .isInstanceOfSatisfying(
            SignatureFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(SignatureFault.Kind.INVALID));
  }

  private static void isAccepted(
      RawRequest request, AwsSignatureType placement, @Nullable String sessionToken) {
    SigningCredentials credentials = credentials(sessionToken);
    RawRequest signed = SIGNER.sign(request, credentials, placement);
    assertThat(verifier(credentials).verify(signed)).isEqualTo("AKIDPROPERTY");
  }

  private static SigningCredentials credentials(@Nullable String sessionToken) {
    return new SigningCredentials("AKIDPROPERTY", "s3cr3t/of+tests", sessionToken);
  }

  private static SignatureVerifier verifier(SigningCredentials credentials) {
    return new SignatureVerifier(
        "ap-southeast-2",
        "execute-api",
        Duration.ofMinutes(5),
        InstantSource.fixed(NOW),
        id -> Optional.of(credentials).filter(known -> known.accessKeyId().equals(id)));
  }

  /** Where the signature goes. */
  enum AwsSignaturePlacement {
    HEADERS(AwsSignatureType.HTTP_REQUEST_VIA_HEADERS),
    QUERY(AwsSignatureType.HTTP_REQUEST_VIA_QUERY_PARAMS);

    private final AwsSignatureType type;

    AwsSignaturePlacement(AwsSignatureType type) {
      this.type = type;
    }
  }

  /** What an attacker may change. */
  enum Part {
    METHOD {
      @Override
      RawRequest changed(RawRequest r) {
        return new RawRequest("PATCH", r.path(), r.query(), r.headers(), r.body());
      }
    },
    PATH {
      @Override
      RawRequest changed(RawRequest r) {
        return new RawRequest(r.method(), r.path() + "x", r.query(), r.headers(), r.body());
      }
    },
    QUERY {
      @Override
      RawRequest changed(RawRequest r) {
        String query = r.query().isEmpty() ? "x=1" : r.query() + "&x=1";
        return new RawRequest(r.method(), r.path(), query, r.headers(), r.body());
      }
    },
    HEADER {
      @Override
      RawRequest changed(RawRequest r) {
        List<RawRequest.Header> headers =
            r.headers().stream()
                .map(h -> h.name().equals("host") ? new RawRequest.Header("host", "evil") : h)
                .toList();
        return new RawRequest(r.method(), r.path(), r.query(), headers, r.body());
      }
    },
    BODY {
      @Override
      RawRequest changed(RawRequest r) {
        byte[] body = (new String(r.body(), UTF_8) + " ").getBytes(UTF_8);
        return new RawRequest(r.method(), r.path(), r.query(), r.headers(), body);
      }
    };

    abstract RawRequest changed(RawRequest signed);
  }

  @Provide
  Arbitrary<RawRequest> requests() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withChars("AZ09-_.~ /%&=+*'()!@:,;$ä語")
            .ofMaxLength(12)
            .map(UriText::encode);
    Arbitrary<String> paths =
        Arbitraries.oneOf(text, Arbitraries.of(".", "..", ""))
            .list()
            .ofMaxSize(5)
            .map(segments -> "/" + String.join("/", segments));
    Arbitrary<String> queries =
        Combinators.combine(text.filter(name -> !name.isEmpty()), text)
            .as((name, value) -> name + "=" + value)
            .list()
            .ofMaxSize(4)
            .map(parameters -> String.join("&", parameters));
    Arbitrary<List<RawRequest.Header>> headers =
        Combinators.combine(
                Arbitraries.of("x-correlation-id", "X-Facet-Test", "x-amz-meta-more", "accept"),
                Arbitraries.strings().withCharRange('!', '~').withChars("  ").ofMaxLength(20))
            .as(RawRequest.Header::new)
            .list()
            .ofMaxSize(4);
    Arbitrary<byte[]> bodies = Arbitraries.strings().ofMaxLength(60).map(b -> b.getBytes(UTF_8));
    return Combinators.combine(
            Arbitraries.of("GET", "POST", "PUT", "DELETE"), paths, queries, headers, bodies)
        .as(
            (method, path, query, more, body) ->
                new RawRequest(method, path, query, withHost(more), body));
  }

  private static List<RawRequest.Header> withHost(List<RawRequest.Header> headers) {
    return Stream.concat(
            Stream.of(new RawRequest.Header("host", "127.0.0.1:8080")), headers.stream())
        .toList();
  }
}
