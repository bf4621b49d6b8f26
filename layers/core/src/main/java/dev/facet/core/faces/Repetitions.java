package dev.facet.core.faces;

import dev.facet.core.faults.DuplicateRequest;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.idempotency.Operation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What makes a repeated write harmless: the records of those that were done, with their answers.
 */
final class Repetitions {

  /** How long a repetition is recognised. */
  private static final Duration OPERATION_LIFE = Duration.ofHours(24);

  private final GalleryStore store;
  private final InstantSource clock;

  Repetitions(GalleryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * What the call's operation was answered when it was done.
   *
   * @return empty if it has not been done
   * @throws DuplicateRequest if it was another request
   */
  <A extends FaceAnswer> Optional<A> before(Call call, Class<A> type) {
    return store
        .operation(call.application().id(), call.operation(), call.deadline())
        .map(operation -> answer(call, operation, type));
  }

  /** The record to store with a write that is answered so. */
  Operation record(Call call, FaceAnswer answer) {
    return new Operation(
        call.operation(),
        call.requestDigest(),
        StoredAnswers.write(answer),
        clock.instant().plus(OPERATION_LIFE));
  }

  /**
   * The answer that a record keeps.
   *
   * @throws DuplicateRequest if it is another request's
   */
  <A extends FaceAnswer> A answer(Call call, Operation operation, Class<A> type) {
    if (!operation.requestDigest().equals(call.requestDigest())) {
      throw new DuplicateRequest();
    }
    return StoredAnswers.read(operation.answer(), type);
  }
}
