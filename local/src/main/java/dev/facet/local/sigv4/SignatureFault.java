package dev.facet.local.sigv4;

/** Thrown when a request does not count as signed; the message is AWS's and fit for the caller. */
public final class SignatureFault extends RuntimeException {

  /** The kinds that AWS distinguishes. */
  public enum Kind {
    /** The request has no signature. */
    MISSING,
    /** A part of the signature is missing or malformed. */
    INCOMPLETE,
    /** The signature does not belong to this request, service, region or time. */
    INVALID,
    /** The access key or the session token is unknown. */
    UNRECOGNISED
  }

  private final Kind kind;
  private final String message;

  private SignatureFault(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.message = message;
  }

  /** Returns the kind of the fault. */
  public Kind kind() {
    return kind;
  }

  /** Returns AWS's message for it. */
  public String message() {
    return message;
  }

  static SignatureFault missing() {
    return new SignatureFault(Kind.MISSING, "Missing Authentication Token");
  }

  static SignatureFault incomplete(String message) {
    return new SignatureFault(Kind.INCOMPLETE, message);
  }

  static SignatureFault invalid(String message) {
    return new SignatureFault(Kind.INVALID, message);
  }

  static SignatureFault mismatch() {
    return invalid(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  static SignatureFault unrecognised() {
    return new SignatureFault(
        Kind.UNRECOGNISED, "The security token included in the request is invalid.");
  }
}
