package dev.facet.core.gallery;

import dev.facet.core.vector.VectorKernels;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A gallery as this process sees it: reads through a replica of its log, and group commits. Safe
 * for concurrent use.
 */
public final class Gallery {

  private final GalleryReplica replica;
  private final GroupCommitter committer;

  Gallery(
      GalleryId id,
      RetryingReads store,
      GalleryLimits limits,
      InstantSource clock,
      VectorKernels kernels,
      RowMemory rows,
      RandomGenerator random) {
    this.replica = new GalleryReplica(id, store, limits, clock, kernels, rows, random);
    this.committer = new GroupCommitter(replica, store, limits, clock, random);
  }

  /** Returns the id of the gallery. */
  public GalleryId id() {
    return replica.id();
  }

  /**
   * Returns a view with every commit that was made before this call.
   *
   * @throws dev.facet.core.faults.TransientFault TIMEOUT at the deadline; entries read until then
   *     are kept, so that a large gallery is loaded after a few attempts
   * @throws dev.facet.core.faults.CallerFault.GalleryFull if the gallery is larger than this
   *     deployment can hold
   * @throws dev.facet.core.faults.InternalFault NO_MEMORY if it does not fit in this process
   */
  public GalleryView current(Instant deadline) {
    return replica.follow(deadline, deadline);
  }

  /**
   * Commits a write that is decided by a search, and retries if other commits come first.
   *
   * @return the result of this write, or of the same operation done before
   * @throws dev.facet.core.faults.TransientFault if the write is not known to be done at the
   *     deadline; it may still be done
   * @throws dev.facet.core.faults.Fault any fault that the plan throws
   */
  public CommitResult commit(WritePlan.Seeing plan, Instant deadline) {
    return commit(plan, deadline, deadline);
  }

  /**
   * Commits like {@link #commit(WritePlan.Seeing, Instant)}, but repeats no failed read and retries
   * no attempt after another time.
   *
   * @throws dev.facet.core.faults.TransientFault the last fault
   */
  public CommitResult commit(WritePlan.Seeing plan, Instant deadline, Instant retryUntil) {
    return submit(List.of(new Submission(plan, deadline, retryUntil))).getFirst().await();
  }

  /**
   * Submits writes that are decided by searches. They are planned in this order, each on a view
   * with the earlier ones, and share as few commits as their items and bytes allow. One that fails
   * does not affect the others.
   *
   * @return the writes in the same order, each to be awaited by its caller
   */
  public List<SubmittedWrite> submit(List<Submission> writes) {
    return committer.submit(writes);
  }

  /**
   * A write to submit.
   *
   * @param plan decides on the write
   * @param deadline the time at which its caller stops waiting
   * @param retryUntil the time from which neither a failed read nor an attempt is retried
   */
  public record Submission(WritePlan.Seeing plan, Instant deadline, Instant retryUntil) {}

  /** A write that was submitted. */
  @FunctionalInterface
  public interface SubmittedWrite {

    /**
     * Waits for the result. A write that is not awaited until its deadline may still be done.
     *
     * @return the result of this write, or of the same operation done before
     * @throws dev.facet.core.faults.Fault as {@link #commit(WritePlan.Seeing, Instant, Instant)}
     */
    CommitResult await();
  }

  /**
   * Commits a write that is decided by records alone, like {@link #commit(WritePlan.Seeing,
   * Instant)}. It does not load the gallery.
   */
  public CommitResult commit(WritePlan.Blind plan, Instant deadline) {
    return committer.commit(plan, deadline);
  }

  /** Returns the last view that was read; there may be newer commits. */
  GalleryView lastSeen() {
    return replica.lastSeen();
  }

  /** Returns the approximate memory in bytes; more than zero for an empty gallery. */
  long bytes() {
    return replica.bytes();
  }
}
