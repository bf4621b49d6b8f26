package dev.facet.core.faces;

import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.gallery.Galleries;
import dev.facet.core.idempotency.Operation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Idempotency of writes: keeps records of the operations that were done, with their answers. */
final class IdempotencyGuard {

  /** The time for which a repeated request is recognised, unless the write can be queued. */
  private static final Duration OPERATION_LIFE = Duration.ofHours(24);

  private final Galleries galleries;
  private final ResultCodec results;
  private final InstantSource clock;

  IdempotencyGuard(Galleries galleries, ResultCodec results, InstantSource clock) {
    this.galleries = galleries;
    this.results = results;
    this.clock = clock;
  }

  /**
   * Returns the answer that the call's operation had when it was done.
   *
   * @return empty if the operation has not been done
   * @throws DuplicateRequest if it was done for another request
   */
  <A extends FaceAnswer> Optional<A> before(CallContext call, Class<A> type) {
    return operation(call).map(operation -> answer(call, operation, type));
  }

  /**
   * Carries out a write, unless the call's operation was done before.
   *
   * @param write carries out the operation and returns its answer
   * @throws DuplicateRequest if the operation was done for another request
   */
  <A extends FaceAnswer> A once(CallContext call, Class<A> type, Supplier<A> write) {
    return before(call, type).orElseGet(() -> unlessRefused(call, type, write));
  }

  /**
   * Carries out a write that was not done {@linkplain #before before}.
   *
   * <p>A refusal may be due to the same operation, sent twice and done meanwhile. So the operation
   * is looked up again before a refusal is returned: every repetition gets the first answer.
   *
   * @param write carries out the operation and returns its answer
   * @throws DuplicateRequest if the operation was done for another request
   */
  <A extends FaceAnswer> A unlessRefused(CallContext call, Class<A> type, Supplier<A> write) {
    try {
      return write.get();
    } catch (CallerFault refused) {
      return before(call, type).orElseThrow(() -> refused);
    }
  }

  /** Returns whether the call's operation was done for the call's request. */
  boolean isDone(CallContext call) {
    return operation(call)
        .filter(operation -> operation.requestDigest().equals(call.requestDigest()))
        .isPresent();
  }

  private Optional<Operation> operation(CallContext call) {
    return galleries
        .store(call.retryUntil())
        .operation(call.application().id(), call.operation(), call.deadline());
  }

  /** Returns the record to store with a write that has this answer. */
  Operation record(CallContext call, FaceAnswer answer) {
    return new Operation(
        call.operation(),
        call.requestDigest(),
        results.write(answer),
        clock.instant().plus(life(answer)));
  }

  private static Duration life(FaceAnswer answer) {
    return answer instanceof FaceAnswer.Enrolled ? EnrolmentQueue.RECORD_LIFE : OPERATION_LIFE;
  }

  /**
   * Returns the answer in a record.
   *
   * @throws DuplicateRequest if the record belongs to another request
   */
  <A extends FaceAnswer> A answer(CallContext call, Operation operation, Class<A> type) {
    if (!operation.requestDigest().equals(call.requestDigest())) {
      throw new DuplicateRequest();
    }
    return results.read(operation.answer(), type);
  }
}
