package dev.facet.client;

/**
 * A failed request. Each subtype calls for a different reaction of the caller.
 *
 * <p>A search or verification without a match is a result, not an exception.
 */
public abstract sealed class FacetException extends RuntimeException {

  FacetException(String message) {
    super(message);
  }

  FacetException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The service rejects this request; an unchanged retry fails again. */
  public static final class Refused extends FacetException {

    private final String errorType;

    Refused(String errorType, String message) {
      super(errorType.isEmpty() ? message : errorType + ": " + message);
      this.errorType = errorType;
    }

    /**
     * Returns the contract's name for the reason: InvalidRequest, DuplicateRequest, NoFace,
     * PoorQuality, MultipleFaces, or one of the gateway's; empty if the response has none.
     */
    public String errorType() {
      return errorType;
    }
  }

  /** The subject does not exist. */
  public static final class NotFound extends FacetException {
    NotFound(String message) {
      super(message);
    }
  }

  /** The signature, the API key or the permissions are insufficient. */
  public static final class Denied extends FacetException {
    Denied(String message) {
      super(message);
    }
  }

  /** The usage plan's rate or quota is exhausted; a later retry may succeed. */
  public static final class Throttled extends FacetException {
    Throttled(String message) {
      super(message);
    }
  }

  /**
   * The service failed or could not be reached. A write may or may not have been applied, so a
   * repeated registration may enrol the person twice.
   */
  public static final class Unavailable extends FacetException {
    Unavailable(String message) {
      super(message);
    }

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
