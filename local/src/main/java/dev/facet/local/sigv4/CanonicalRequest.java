package dev.facet.local.sigv4;

import dev.facet.local.http.RawRequest;
import dev.facet.local.sigv4.SignatureClaim.Placement;
import dev.facet.local.sigv4.UriText.Parameter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The canonical request: the unique text of a request and its signature claim.
 *
 * <p>As for every service but S3, the path is normalized, and each of its segments is encoded once
 * more than it was sent.
 */
final class CanonicalRequest {

  private static final Pattern SPACES = Pattern.compile(" +");

  private CanonicalRequest() {}

  /**
   * Returns the canonical request.
   *
   * @param payloadHash lower-case hex SHA-256 of the body as it arrived
   */
  static String of(RawRequest request, SignatureClaim claim, String payloadHash) {
    String headers =
        claim.signedHeaders().stream()
            .map(name -> name + ":" + value(request.all(name)) + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        path(request.path()),
        query(request.query(), claim.placement()),
        headers,
        String.join(";", claim.signedHeaders()),
        payloadHash);
  }

  private static String value(List<String> values) {
    return values.stream()
        .map(value -> SPACES.matcher(value.strip()).replaceAll(" "))
        .collect(Collectors.joining(","));
  }

  private static String query(String query, Placement placement) {
    return UriText.parameters(query).stream()
        .filter(p -> placement == Placement.HEADER || !p.name().equals("X-Amz-Signature"))
        .map(p -> new Parameter(UriText.encode(p.name()), UriText.encode(p.value())))
        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
        .map(p -> p.name() + "=" + p.value())
        .collect(Collectors.joining("&"));
  }

  private static String path(String path) {
    return Arrays.stream(normalised(path).split("/", -1))
        .map(UriText::encode)
        .collect(Collectors.joining("/"));
  }

  /** Removes dot segments and repeated slashes as AWS's signers do; a final slash stays. */
  private static String normalised(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    return "/" + String.join("/", kept) + (path.endsWith("/") && !kept.isEmpty() ? "/" : "");
  }
}
