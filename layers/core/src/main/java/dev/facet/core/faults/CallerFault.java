package dev.facet.core.faults;

import java.util.Locale;

/**
 * A fault of the request that the caller has to correct.
 *
 * <p>These faults are expected, so they carry no stack trace.
 */
public abstract sealed class CallerFault extends Fault {

  private CallerFault(String message) {
    super(message, false);
  }

  /** A property is missing or breaks a rule; the message names both. */
  public static final class InvalidRequest extends CallerFault {

    /** Creates a fault with a message that names the property and the rule it breaks. */
    public InvalidRequest(String message) {
      super(message);
    }
  }

  /** No face was found in the provided image. */
  public static final class NoFace extends CallerFault {

    /** Creates the fault with the contract's message. */
    public NoFace() {
      super("No face was found in the provided image.");
    }
  }

  /** The image shows more than one prominent face where exactly one is required. */
  public static final class MultipleFaces extends CallerFault {

    /** Creates the fault with the contract's message. */
    public MultipleFaces() {
      super("More than one prominent face was found in the provided image.");
    }
  }

  /** The face can't be compared at all, or its quality is below the application's floor. */
  public static final class PoorQuality extends CallerFault {

    private final String component;
    private final boolean measurable;
    private final double quality;
    private final double floor;

    /**
     * Creates a fault of a measurable face.
     *
     * @param component the weakest component: sharpness, exposure, pose or size
     * @param quality the face's quality, 0..1
     * @param floor the minimum quality that the application accepts, 0..1
     */
    public PoorQuality(String component, double quality, double floor) {
      this(
          String.format(
              Locale.ROOT,
              "Face quality %.2f is below %.2f: insufficient %s.",
              quality,
              floor,
              component),
          component,
          true,
          quality,
          floor);
    }

    private PoorQuality(
        String message, String component, boolean measurable, double quality, double floor) {
      super(message);
      this.component = component;
      this.measurable = measurable;
      this.quality = quality;
      this.floor = floor;
    }

    /**
     * Returns the fault of a face that is not measurable, whatever floor its application has.
     *
     * @param component the component by which it is not measurable
     */
    public static PoorQuality notMeasurable(String component) {
      return new PoorQuality(
          "The face is not measurable: %s.".formatted(component), component, false, 0, 1);
    }

    /** Returns the weakest component, or the one by which the face is not measurable. */
    public String component() {
      return component;
    }

    /** Returns whether the face can be compared at all. */
    public boolean measurable() {
      return measurable;
    }

    /** Returns the face's quality, 0..1; 0 if the face is not measurable. */
    public double quality() {
      return quality;
    }

    /** Returns the minimum quality that the application accepts; 1 if the face isn't measurable. */
    public double floor() {
      return floor;
    }
  }

  /** The application has no subject with this id, or the id is malformed. */
  public static final class SubjectNotFound extends CallerFault {

    /** Creates the fault with the contract's message. */
    public SubjectNotFound() {
      super("Subject with id not found.");
    }
  }

  /** An idempotency key was reused with another request. */
  public static final class DuplicateRequest extends CallerFault {

    /** Creates the fault with the contract's message. */
    public DuplicateRequest() {
      super("Idempotency-Key was already used with another request.");
    }
  }

  /** The gallery has reached the deployment's limit on templates. */
  public static final class GalleryFull extends CallerFault {

    private final long maxTemplates;

    /**
     * @param maxTemplates the deployment's limit
     */
    public GalleryFull(long maxTemplates) {
      super("The gallery is full: maxTemplates is " + maxTemplates + ".");
      this.maxTemplates = maxTemplates;
    }

    /** Returns the deployment's limit. */
    public long maxTemplates() {
      return maxTemplates;
    }
  }

  /**
   * An encrypted payload that can't be decrypted: malformed, truncated, tampered with, or encrypted
   * with another key. The message names the reason only as far as the payload's form shows it
   * without the key.
   */
  public static final class UndecryptablePayload extends CallerFault {

    /** Creates a fault with a message that names the field and the defect in its form. */
    public UndecryptablePayload(String message) {
      super(message);
    }
  }

  /** The embeddings are well formed, but don't agree that they show one person. */
  public static final class EnrolmentFailed extends CallerFault {

    /** Creates the fault with the contract's message. */
    public EnrolmentFailed() {
      super("Face Enrollment Failed");
    }
  }

  /** The probe's embeddings don't agree among themselves, or no person has the given identifier. */
  public static final class AuthenticationFailed extends CallerFault {

    /** Creates the fault with the contract's message. */
    public AuthenticationFailed() {
      super("Face Authentication Failed");
    }
  }
}
