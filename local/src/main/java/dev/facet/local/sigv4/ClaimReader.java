package dev.facet.local.sigv4;

import dev.facet.local.http.RawRequest;
import dev.facet.local.sigv4.SignatureClaim.Placement;
import dev.facet.local.sigv4.SignatureClaim.Scope;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parses the signature claim of a request, and reports exactly which parts are missing. {@code
 * X-Amz-Expires} is part of the signed text only: like API Gateway, this verifier does not let a
 * signature live longer than five minutes, or shorter, because of it.
 */
final class ClaimReader {

  private static final Pattern TIMESTAMP = Pattern.compile("\\d{8}T\\d{6}Z");

  private ClaimReader() {}

  /**
   * Parses the claim; the {@code Authorization} header takes precedence over the query string.
   *
   * @throws SignatureFault if the claim is absent or incomplete
   */
  static SignatureClaim parse(RawRequest request) {
    List<String> authorizations = request.all("authorization");
    if (authorizations.size() > 1) {
      throw SignatureFault.incomplete("There must be one Authorization header.");
    }
    return authorizations.isEmpty()
        ? fromQuery(request)
        : fromHeader(authorizations.getFirst(), request);
  }

  private static SignatureClaim fromHeader(String authorization, RawRequest request) {
    Map<String, String> parts = parts(authorization);
    Optional<String> timestamp = timestamp(request);
    List<String> missing =
        new ArrayList<>(
            Stream.of("Credential", "Signature", "SignedHeaders")
                .filter(name -> !parts.containsKey(name))
                .map("Authorization header requires '%s' parameter."::formatted)
                .toList());
    if (timestamp.isEmpty()) {
      missing.add(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    if (!missing.isEmpty()) {
      throw SignatureFault.incomplete(String.join(" ", missing));
    }
    return new SignatureClaim(
        Placement.HEADER,
        Scope.parse(parts.getOrDefault("Credential", "")),
        headerNames(parts.getOrDefault("SignedHeaders", "")),
        parts.getOrDefault("Signature", ""),
        timestamp.orElseThrow(),
        request.first("x-amz-security-token").orElse(null));
  }

  private static Map<String, String> parts(String authorization) {
    if (!authorization.startsWith(SignatureClaim.ALGORITHM + " ")) {
      throw SignatureFault.incomplete(
          "Authorization header requires the algorithm '" + SignatureClaim.ALGORITHM + "'.");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : authorization.substring(SignatureClaim.ALGORITHM.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw SignatureFault.incomplete(
            "Invalid key=value pair (missing equal-sign) in Authorization header.");
      }
      if (parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip())
          != null) {
        throw SignatureFault.incomplete("Authorization header has a parameter twice.");
      }
    }
    return parts;
  }

  /** Returns the time of signing from {@code X-Amz-Date}, else from {@code Date} (RFC 9110). */
  private static Optional<String> timestamp(RawRequest request) {
    return request
        .first("x-amz-date")
        .or(() -> request.first("date").map(ClaimReader::toBasicFormat))
        .map(ClaimReader::requireBasicFormat);
  }

  private static String toBasicFormat(String date) {
    try {
      return SignatureVerifier.TIMESTAMP.format(
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException e) {
      return date;
    }
  }

  private static String requireBasicFormat(String timestamp) {
    if (!TIMESTAMP.matcher(timestamp).matches()) {
      throw SignatureFault.incomplete(
          "Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601.");
    }
    return timestamp;
  }

  private static SignatureClaim fromQuery(RawRequest request) {
    Map<String, String> parameters = signatureParameters(request);
    if (parameters.isEmpty()) {
      throw SignatureFault.missing();
    }
    List<String> missing =
        Stream.of(
                "X-Amz-Algorithm",
                "X-Amz-Credential",
                "X-Amz-Signature",
                "X-Amz-SignedHeaders",
                "X-Amz-Date")
            .filter(name -> !parameters.containsKey(name))
            .map("AWS query-string parameters must include '%s'."::formatted)
            .toList();
    if (!missing.isEmpty()) {
      throw SignatureFault.incomplete(
          String.join(" ", missing) + " Re-examine the query-string parameters.");
    }
    if (!parameters.getOrDefault("X-Amz-Algorithm", "").equals(SignatureClaim.ALGORITHM)) {
      throw SignatureFault.incomplete(
          "AWS query-string parameter X-Amz-Algorithm must be '%s'."
              .formatted(SignatureClaim.ALGORITHM));
    }
    return new SignatureClaim(
        Placement.QUERY,
        Scope.parse(parameters.getOrDefault("X-Amz-Credential", "")),
        headerNames(parameters.getOrDefault("X-Amz-SignedHeaders", "")),
        parameters.getOrDefault("X-Amz-Signature", ""),
        requireBasicFormat(parameters.getOrDefault("X-Amz-Date", "")),
        parameters.get("X-Amz-Security-Token"));
  }

  private static Map<String, String> signatureParameters(RawRequest request) {
    Map<String, String> parameters = new HashMap<>();
    for (UriText.Parameter parameter : UriText.parameters(request.query())) {
      if (parameter.name().startsWith("X-Amz-")
          && parameters.put(parameter.name(), parameter.value()) != null) {
        throw SignatureFault.incomplete("AWS query-string parameters must occur once.");
      }
    }
    return parameters;
  }

  private static List<String> headerNames(String semicolonSeparated) {
    return Stream.of(semicolonSeparated.split(";"))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .sorted()
        .distinct()
        .toList();
  }
}
