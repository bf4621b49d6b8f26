package dev.facet.face.lambda;

/**
 * Starts the function as Lambda would, without a request and without AWS: the image's build runs it
 * to have natives unpacked and the JVM's cache filled.
 */
public final class Rehearsal {

  private Rehearsal() {}

  /** Loads the networks and compiles the search; ends when the service stands. */
  public static void main(String[] arguments) {
    FaceWiring.fromEnvironment().service();
  }
}
