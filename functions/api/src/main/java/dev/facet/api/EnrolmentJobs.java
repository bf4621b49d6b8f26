package dev.facet.api;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceService;
import dev.facet.core.jobs.DeadLetterService;
import dev.facet.core.jobs.DeadLetters;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.jobs.JobCodec;
import dev.facet.core.jobs.JobIds;
import dev.facet.core.jobs.JobQueue;
import dev.facet.core.jobs.JobStatuses;
import dev.facet.core.jobs.JobStore;
import dev.facet.core.jobs.Jobs;
import dev.facet.core.jobs.OperationRecords;
import dev.facet.core.jobs.QueuedEnrolments;
import dev.facet.core.jobs.RetryingJobStore;
import dev.facet.core.retry.Retries;
import java.time.InstantSource;

/**
 * A factory of the services around queued enrolments, on a queue and a store of job outcomes.
 *
 * @param queue the queue of pending enrolments
 * @param store the outcomes, accessed without retries
 * @param operations the records of enrolments that were done
 * @param clock the time for deadlines and expiry
 */
public record EnrolmentJobs(
    JobQueue queue, JobStore store, OperationRecords operations, InstantSource clock) {

  /** Returns the port that queues enrolments; it polls the store, so it needs no retries. */
  public EnrolmentQueue enrolments(JobIds ids, JobCodec codec) {
    return new QueuedEnrolments(ids, codec, queue, store, clock, Thread::sleep);
  }

  /** Returns the port that reports the states of jobs. */
  public Jobs statuses(JobIds ids) {
    return new JobStatuses(ids, retrying(), clock);
  }

  /** Returns a worker that executes jobs. */
  public EnrolmentWorker worker(FaceService faces, JobCodec codec) {
    return new EnrolmentWorker(faces, codec, retrying(), clock);
  }

  /** Returns the service for jobs that failed too often. */
  public DeadLetterService deadLetters(DeadLetters letters) {
    return new DeadLetterService(letters, queue, retrying(), operations, clock);
  }

  private JobStore retrying() {
    return new RetryingJobStore(store, Retries.of(clock));
  }
}
