package dev.facet.client;

/**
 * Why the service did not do what it was asked. What may be done about each kind differs.
 *
 * <p>Not among them: that a probe resembles nobody, which is an answer.
 */
public abstract sealed class FacetException extends RuntimeException {

  FacetException(String message) {
    super(message);
  }

  FacetException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The request can't be answered as it stands. */
  public static final class Refused extends FacetException {

    private final String errorType;

    Refused(String errorType, String message) {
      super(errorType.isEmpty() ? message : errorType + ": " + message);
      this.errorType = errorType;
    }

    /**
     * The contract's name for the reason: InvalidRequest, DuplicateRequest, NoFace, PoorQuality,
     * MultipleFaces, or the gateway's; empty if it gave none.
     */
    public String errorType() {
      return errorType;
    }
  }

  /** There is no such subject. */
  public static final class NotFound extends FacetException {
    NotFound(String message) {
      super(message);
    }
  }

  /** Signature, API key or permission do not suffice. */
  public static final class Denied extends FacetException {
    Denied(String message) {
      super(message);
    }
  }

  /** The usage plan's rate or quota is spent; later it may work. */
  public static final class Throttled extends FacetException {
    Throttled(String message) {
      super(message);
    }
  }

  /**
   * The service is out of reach or failed. A write may or may not have happened: a registration
   * that is repeated may enrol the person twice.
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
