package dev.facet.core.revision;

import dev.facet.core.faults.TransientFault;
import java.util.Optional;
import java.util.function.Supplier;

/** The fault of a write that did not read the latest revision, and its repetition. */
public final class Conflicts {

  /** Enough for people; each attempt fails only because another write succeeded. */
  private static final int MAX_ATTEMPTS = 20;

  private Conflicts() {}

  /** Returns the fault of a write whose expected revision is not the stored one. */
  public static TransientFault conflict() {
    return new TransientFault(
        TransientFault.Kind.CONFLICT, "The record was changed at the same time; try again.");
  }

  /**
   * Runs a read with its write again while the write meets a conflict.
   *
   * @param work reads the latest revision, decides and writes
   * @throws TransientFault the last conflict, after 20 attempts; any other fault at once
   */
  public static <T> T retrying(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (TransientFault fault) {
        if (fault.kind() != TransientFault.Kind.CONFLICT || attempt == MAX_ATTEMPTS) {
          throw fault;
        }
      }
    }
  }

  /** Runs work once, and returns its result; empty if it met a conflict. */
  public static <T> Optional<T> unlessChanged(Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (TransientFault fault) {
      if (fault.kind() != TransientFault.Kind.CONFLICT) {
        throw fault;
      }
      return Optional.empty();
    }
  }
}
