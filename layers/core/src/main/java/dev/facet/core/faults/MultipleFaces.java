package dev.facet.core.faults;

/** More than one prominent face where exactly one is asked for. */
public final class MultipleFaces extends CallerFault {

  /** A fault with the contract's message. */
  public MultipleFaces() {
    super("More than one prominent face was found in the provided image.");
  }
}
