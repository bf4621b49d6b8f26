package dev.facet.core.faults;

/**
 * A gallery was made with a model bundle that this deployment does not have. A retry does not help
 * until its operator adds the bundle.
 */
public final class BundleUnavailable extends Fault {

  /** Creates the fault of a bundle, with a message that names the setting which adds it. */
  public static BundleUnavailable of(String bundle) {
    return new BundleUnavailable(
        "The gallery was made with the model bundle %s, which this deployment does not have; add it to the setting bundles."
            .formatted(bundle));
  }

  /** Creates a fault with a message that names the bundle and the setting. */
  public BundleUnavailable(String message) {
    super(message, false);
  }
}
