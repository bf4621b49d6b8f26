package dev.facet.api.node;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.facet.api.Wiring;
import dev.facet.api.endpoint.LogLine;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.jobs.EnrolmentWorker.Attempt;
import dev.facet.core.jobs.EnrolmentWorker.Attempt.Again;
import dev.facet.core.jobs.EnrolmentWorker.Attempt.Settled;
import dev.facet.core.jobs.JobQueue;
import dev.facet.core.jobs.SealedJobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Does queued enrolments, a batch at once: they share commits where one process holds the gallery.
 * What failed is reported message by message, and comes again after 2 and then 8 seconds.
 */
public final class EnrolmentWorkerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  /** What stays for recording an outcome. */
  private static final Duration RESERVE = Duration.ofSeconds(1);

  private final EnrolmentWorker worker;
  private final JobQueue queue;
  private final InstantSource clock;

  /** For Lambda. */
  public EnrolmentWorkerHandler() {
    this(Wiring.fromEnvironment());
  }

  private EnrolmentWorkerHandler(Wiring wiring) {
    this(wiring.worker(), wiring.jobQueue(), InstantSource.system());
  }

  /** With a worker made elsewhere. */
  public EnrolmentWorkerHandler(EnrolmentWorker worker, JobQueue queue, InstantSource clock) {
    this.worker = worker;
    this.queue = queue;
    this.clock = clock;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    Instant deadline =
        clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
    List<Future<Boolean>> settled;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      settled =
          event.getRecords().stream()
              .map(message -> threads.submit(() -> isSettled(message, deadline, context)))
              .toList();
    }
    return new SQSBatchResponse(
        IntStream.range(0, settled.size())
            .filter(i -> !isTrue(settled.get(i)))
            .mapToObj(i -> new BatchItemFailure(event.getRecords().get(i).getMessageId()))
            .toList());
  }

  private static boolean isTrue(Future<Boolean> settled) {
    return settled.state() == Future.State.SUCCESS && settled.resultNow();
  }

  private boolean isSettled(SQSMessage message, Instant deadline, Context context) {
    int receive = Integer.parseInt(message.getAttributes().get("ApproximateReceiveCount"));
    Attempt attempt = worker.attempt(message.getBody(), receive, deadline);
    LogLine log =
        described(message)
            .with("time", clock.instant().toString())
            .with("handler", getClass().getSimpleName())
            .with("receive", receive);
    boolean settled =
        switch (attempt) {
          case Settled _ -> true;
          case Again(var failure) -> {
            log.failed(failure);
            postpone(message, receive);
            yield false;
          }
        };
    context.getLogger().log(log.with("settled", Boolean.toString(settled)) + "\n");
    return settled;
  }

  private static LogLine described(SQSMessage message) {
    LogLine log = new LogLine();
    try {
      return log.with("job", SealedJobs.id(message.getBody()).text())
          .with("correlationId", SealedJobs.correlationId(message.getBody()));
    } catch (InternalFault unreadable) {
      return log.with("messageId", message.getMessageId());
    }
  }

  /** After the last receive at once: the message goes to the dead letters. */
  private void postpone(SQSMessage message, int receive) {
    Duration pause =
        receive >= EnrolmentWorker.MOST_RECEIVES
            ? Duration.ZERO
            : Duration.ofSeconds(2L << (2 * (receive - 1)));
    try {
      queue.postpone(message.getReceiptHandle(), pause);
    } catch (TransientFault | InternalFault kept) {
      // it comes again when its visibility timeout has passed
    }
  }
}
