package dev.facet.local.service;

import java.util.function.Supplier;

/** Where the functions run. */
public sealed interface Hosting {

  /**
   * In the service's own process.
   *
   * @param recognition loads the face models; called beside the other parts' start
   */
  record InProcess(Supplier<Recognition> recognition) implements Hosting {}

  /**
   * Each in processes of its own, under Lambda's runtime interface client, set up as the stack sets
   * it up.
   *
   * @param artefacts what they are made of
   * @param matching {@code /node}'s distances as the face function's setting has them; may be empty
   */
  record Isolated(Artefacts artefacts, String matching) implements Hosting {}
}
