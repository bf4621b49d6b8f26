package dev.facet.core.jobs;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.GalleryStore;
import dev.facet.core.idempotency.OperationId;
import java.time.Duration;
import java.time.InstantSource;

/** Queries of the records that committed writes leave for their repetition. */
@FunctionalInterface
public interface OperationRecords {

  /**
   * Returns whether an operation of an application is recorded as done.
   *
   * @throws dev.facet.core.faults.TransientFault if the records cannot be read now
   */
  boolean exist(ApplicationId application, OperationId operation);

  /** Returns the records in a store of galleries, each read within five seconds. */
  static OperationRecords in(GalleryStore store, InstantSource clock) {
    Duration timeout = Duration.ofSeconds(5);
    return (application, operation) ->
        store.operation(application, operation, clock.instant().plus(timeout)).isPresent();
  }
}
