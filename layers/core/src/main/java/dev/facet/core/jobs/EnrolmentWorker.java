package dev.facet.core.jobs;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.concurrent.Parallel;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceAnswer.BatchResult;
import dev.facet.core.faces.FaceCommand.EnrolBatch;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.jobs.EnrolmentWorker.Attempt.Again;
import dev.facet.core.jobs.EnrolmentWorker.Attempt.Settled;
import dev.facet.core.jobs.JobState.Done;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Outcome;
import dev.facet.core.jobs.JobState.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A worker that processes queued enrolments. A crash at any point and repeated or unordered
 * deliveries are harmless: the enrolment is one idempotent operation, its outcome is recorded after
 * it, and only then is the message deleted. A job older than {@link EnrolmentQueue#MAX_AGE} is
 * settled as expired without an enrolment. A full gallery is no reason to refuse an accepted
 * enrolment, because room may come while its message lives.
 */
public final class EnrolmentWorker {

  /** The number of receives after which a message moves to the dead-letter queue. */
  public static final int MAX_RECEIVES = 3;

  /** Keeps a batch of the largest enrolments below 4 MB of JSON; an invocation takes 6 MB. */
  private static final int MAX_NUMBERS = 300_000;

  private final FaceService faces;
  private final JobCodec sealed;
  private final JobStore store;
  private final InstantSource clock;

  /** Creates a worker that enrols with {@code faces}. */
  public EnrolmentWorker(FaceService faces, JobCodec sealed, JobStore store, InstantSource clock) {
    this.faces = faces;
    this.sealed = sealed;
    this.store = store;
    this.clock = clock;
  }

  /** The result of an attempt. */
  public sealed interface Attempt {
    /** The outcome of the job is recorded; its message can be deleted. */
    record Settled() implements Attempt {}

    /** The message must be delivered again. */
    record Again(RuntimeException failure) implements Attempt {}
  }

  /** Attempts the enrolment in one message, as {@link #attempt(List, Instant)} does. */
  public Attempt attempt(String message, Instant deadline) {
    return attempt(List.of(message), deadline).getFirst();
  }

  /**
   * Attempts the enrolments in messages; those of one gallery together. The method throws no
   * exception, so one bad message does not fail the others.
   *
   * @param deadline when the attempts must end
   * @return the results in the order of the messages
   */
  public List<Attempt> attempt(List<String> messages, Instant deadline) {
    List<Opened> opened = Parallel.map(messages, message -> opened(message, deadline));
    List<Job> jobs = new ArrayList<>();
    for (Opened one : opened) {
      if (one instanceof Job job) {
        jobs.add(job);
      }
    }
    Map<Job, Attempt> attempts = new LinkedHashMap<>();
    Parallel.map(batches(jobs), batch -> executed(batch, deadline)).forEach(attempts::putAll);
    return opened.stream()
        .map(
            one ->
                switch (one) {
                  case Ended(var attempt) -> attempt;
                  case Job job -> Objects.requireNonNull(attempts.get(job));
                })
        .toList();
  }

  /** A message after its examination. */
  private sealed interface Opened {}

  /** A message that needs no enrolment, or cannot be read. */
  private record Ended(Attempt attempt) implements Opened {}

  /** A job to execute. An instance stands for one delivery, so it is equal to itself only. */
  private static final class Job implements Opened {
    final JobId id;
    final EnrolFeatures enrolment;

    Job(JobId id, EnrolFeatures enrolment) {
      this.id = id;
      this.enrolment = enrolment;
    }

    int numbers() {
      return enrolment.templates().stream().mapToInt(it -> it.vector().length).sum();
    }
  }

  private record GalleryKey(ApplicationId application, ModelVersion version) {}

  private Opened opened(String message, Instant deadline) {
    try {
      JobId id = JobCodec.id(message);
      if (store.find(id).filter(Outcome::isFinal).isPresent()) {
        return new Ended(new Settled());
      }
      if (id.isTooOld(clock.instant())) {
        return new Ended(settled(id, new Expired()));
      }
      return new Job(id, sealed.open(message).withCalls(call -> call.withDeadline(deadline)));
    } catch (RuntimeException failure) {
      return new Ended(new Again(failure));
    }
  }

  private static List<List<Job>> batches(List<Job> jobs) {
    Collection<List<Job>> galleries =
        jobs.stream()
            .collect(
                Collectors.groupingBy(
                    job ->
                        new GalleryKey(
                            job.enrolment.call().application().id(), job.enrolment.version()),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .values();
    List<List<Job>> batches = new ArrayList<>();
    for (List<Job> gallery : galleries) {
      List<Job> batch = new ArrayList<>();
      int numbers = 0;
      for (Job job : gallery) {
        if (batch.size() == EnrolBatch.MAX_ITEMS
            || (!batch.isEmpty() && numbers + job.numbers() > MAX_NUMBERS)) {
          batches.add(batch);
          batch = new ArrayList<>();
          numbers = 0;
        }
        batch.add(job);
        numbers += job.numbers();
      }
      batches.add(batch);
    }
    return batches;
  }

  private Map<Job, Attempt> executed(List<Job> batch, Instant deadline) {
    List<BatchResult> results = results(batch, deadline);
    Map<Job, Attempt> attempts = new LinkedHashMap<>();
    List<Integer> places = IntStream.range(0, batch.size()).boxed().toList();
    List<Attempt> settled = Parallel.map(places, i -> attempt(batch.get(i).id, results.get(i)));
    places.forEach(i -> attempts.put(batch.get(i), settled.get(i)));
    return attempts;
  }

  private Attempt attempt(JobId id, BatchResult result) {
    return switch (result) {
      case BatchResult.Done(var answer) -> settled(id, new Done(answer));
      case BatchResult.Failed(GalleryFull roomMayCome) -> new Again(roomMayCome);
      case BatchResult.Failed(CallerFault refusal) -> settled(id, new Refused(refusal));
      case BatchResult.Failed(Fault failure) -> new Again(failure);
    };
  }

  private Attempt settled(JobId id, Outcome outcome) {
    try {
      store.settle(id, outcome);
      return new Settled();
    } catch (RuntimeException unrecorded) {
      return new Again(unrecorded);
    }
  }

  /**
   * Enrols a batch. A face function of an older version does not know batches, and a batch may be
   * refused as a whole; then each enrolment is sent alone.
   */
  private List<BatchResult> results(List<Job> batch, Instant deadline) {
    if (batch.size() == 1) {
      return List.of(alone(batch.getFirst()));
    }
    List<EnrolFeatures> items = batch.stream().map(job -> job.enrolment).toList();
    try {
      List<BatchResult> results =
          faces
              .execute(new EnrolBatch(items.getFirst().call().withDeadline(deadline), items))
              .results();
      if (results.size() != batch.size()) {
        throw new InternalFault("A batch of enrolments has another number of results.");
      }
      return results;
    } catch (TransientFault passing) {
      return batch.stream().<BatchResult>map(_ -> new BatchResult.Failed(passing)).toList();
    } catch (RuntimeException refused) {
      return Parallel.map(batch, this::alone);
    }
  }

  private BatchResult alone(Job job) {
    return BatchResult.of(() -> faces.execute(job.enrolment));
  }
}
