package dev.facet.core.gallery;

import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import java.util.Map;
import java.util.Set;

/** How a commit ended, when it is known; nothing was written unless it is {@link Committed}. */
public sealed interface CommitOutcome {

  /** Every write is durable. */
  record Committed() implements CommitOutcome {}

  /** Some of the operations have been done already, perhaps by a commit whose answer was lost. */
  record OperationsDone(Map<OperationId, Operation> done) implements CommitOutcome {
    /** Copies the map. */
    public OperationsDone {
      done = Map.copyOf(done);
    }
  }

  /** Another commit came first, or is under way: read the tail and plan again. */
  record HeadMoved() implements CommitOutcome {}

  /**
   * The condition of a {@link Write.Companion} of these operations did not hold: read what it rests
   * on again.
   */
  record ConditionFailed(Set<OperationId> operations) implements CommitOutcome {
    /** Copies the set. */
    public ConditionFailed {
      operations = Set.copyOf(operations);
    }
  }
}
