package dev.facet.local.service;

import dev.facet.local.lambda.isolated.ConcurrencyLimit;
import java.util.function.Supplier;

/** The place where the functions run. */
public sealed interface FunctionHosting {

  /**
   * Runs the functions in the service's process.
   *
   * @param recognition loads the face models; called while the other parts start
   */
  record InProcess(Supplier<Recognition> recognition) implements FunctionHosting {}

  /**
   * Runs each function in separate processes, under Lambda's runtime interface client, with the
   * settings of the stack.
   *
   * @param artefacts the functions' build artefacts
   * @param matching {@code /node}'s distances in the format of the face function's setting; may be
   *     empty
   * @param concurrency the limit of simultaneous invocations, all functions together
   */
  record Isolated(BuiltFunctions artefacts, String matching, ConcurrencyLimit concurrency)
      implements FunctionHosting {

    /** Creates a hosting without a limit of simultaneous invocations. */
    public Isolated(BuiltFunctions artefacts, String matching) {
      this(artefacts, matching, ConcurrencyLimit.NONE);
    }
  }
}
