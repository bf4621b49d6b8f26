package dev.facet.core.faults;

/** The image shows more than one prominent face where exactly one is required. */
public final class MultipleFaces extends CallerFault {

  /** Creates the fault with the contract's message. */
  public MultipleFaces() {
    super("More than one prominent face was found in the provided image.");
  }
}
