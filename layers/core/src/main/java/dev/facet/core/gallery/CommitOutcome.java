package dev.facet.core.gallery;

import dev.facet.core.idempotency.Operation;
import dev.facet.core.idempotency.OperationId;
import java.util.Map;
import java.util.Set;

/** The known outcome of a commit. Nothing was written unless it is {@link Committed}. */
public sealed interface CommitOutcome {

  /** Every write is durable. */
  record Committed() implements CommitOutcome {}

  /** Some of the operations were done before, perhaps by a commit with a lost response. */
  record OperationsDone(Map<OperationId, Operation> done) implements CommitOutcome {
    /** Copies the map. */
    public OperationsDone {
      done = Map.copyOf(done);
    }
  }

  /** Another commit came first or is in progress: read the tail of the log and plan again. */
  record HeadMoved() implements CommitOutcome {}

  /**
   * The condition of a {@link Write.Companion} of these operations failed: read the data that it
   * depends on again.
   */
  record ConditionFailed(Set<OperationId> operations) implements CommitOutcome {
    /** Copies the set. */
    public ConditionFailed {
      operations = Set.copyOf(operations);
    }
  }
}
