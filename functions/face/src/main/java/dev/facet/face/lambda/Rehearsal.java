package dev.facet.face.lambda;

/**
 * Starts the function as Lambda does, but without a request and without AWS. The image's build runs
 * it to unpack the native libraries and to fill the JVM's AOT cache.
 */
public final class Rehearsal {

  private Rehearsal() {}

  /** Loads the networks, compiles the search and returns. */
  public static void main(String[] arguments) {
    FaceWiring.fromEnvironment().service();
  }
}
