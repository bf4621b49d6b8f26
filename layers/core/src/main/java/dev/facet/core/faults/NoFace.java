package dev.facet.core.faults;

/** No face was found in the provided image. */
public final class NoFace extends CallerFault {

  /** Creates the fault with the contract's message. */
  public NoFace() {
    super("No face was found in the provided image.");
  }
}
