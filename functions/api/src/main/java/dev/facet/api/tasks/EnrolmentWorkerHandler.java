package dev.facet.api.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.facet.api.EnrolmentJobs;
import dev.facet.api.Wiring;
import dev.facet.aws.lambda.Ping;
import dev.facet.aws.telemetry.ColdStart;
import dev.facet.aws.telemetry.LogLine;
import dev.facet.aws.telemetry.Metrics;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.faces.wire.FaceTransport;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.jobs.EnrolmentWorker.Attempt;
import dev.facet.core.jobs.EnrolmentWorker.Attempt.Again;
import dev.facet.core.jobs.EnrolmentWorker.Attempt.Settled;
import dev.facet.core.jobs.JobCodec;
import dev.facet.core.jobs.JobQueue;
import dev.facet.core.retry.Retries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Executes queued enrolments, those of one gallery in one invocation of the face function, where
 * they share commits. Failures are reported per message; a failed message is redelivered after a
 * backoff of 2 and then 8 seconds.
 */
public final class EnrolmentWorkerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  /**
   * Time reserved for the reply of a face call that ends at its deadline, for recording the
   * outcomes, and for postponing messages.
   */
  static final Duration RESERVE =
      FaceTransport.REPLY_TIME.plus(Retries.SHORT_RETRY).plus(Duration.ofSeconds(1));

  private final EnrolmentWorker worker;
  private final JobQueue queue;
  private final InstantSource clock;
  private final Telemetry telemetry;
  private final ColdStart coldStart = new ColdStart();

  /** Creates the handler from the function's environment, for Lambda. */
  public EnrolmentWorkerHandler() {
    this(Wiring.fromEnvironment());
  }

  private EnrolmentWorkerHandler(Wiring wiring) {
    this(wiring, wiring.jobs());
  }

  private EnrolmentWorkerHandler(Wiring wiring, EnrolmentJobs jobs) {
    this(wiring.worker(jobs), jobs.queue(), InstantSource.system(), wiring.telemetry());
  }

  /** Creates the handler on the given worker, without metrics. */
  public EnrolmentWorkerHandler(EnrolmentWorker worker, JobQueue queue, InstantSource clock) {
    this(worker, queue, clock, Telemetry.NONE);
  }

  /** Creates the handler on the given worker. */
  public EnrolmentWorkerHandler(
      EnrolmentWorker worker, JobQueue queue, InstantSource clock, Telemetry telemetry) {
    this.worker = worker;
    this.queue = queue;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    if (isPing(event)) {
      return new SQSBatchResponse(List.of());
    }
    long start = clock.millis();
    boolean cold = coldStart.isNow();
    List<SQSMessage> messages = event.getRecords();
    List<Attempt> attempts =
        worker.attempt(messages.stream().map(SQSMessage::getBody).toList(), deadline(context));
    long millis = clock.millis() - start;
    return new SQSBatchResponse(
        IntStream.range(0, messages.size())
            .filter(i -> !isSettled(messages.get(i), attempts.get(i), millis, context, cold))
            .mapToObj(i -> new BatchItemFailure(messages.get(i).getMessageId()))
            .toList());
  }

  /** Returns whether an event is a {@link Ping}; Lambda sets the source of messages of SQS. */
  private static boolean isPing(SQSEvent event) {
    return event.getRecords().size() == 1
        && Ping.SOURCE.equals(event.getRecords().getFirst().getEventSource());
  }

  /** Returns the deadline of the face calls; a short time limit is divided likewise. */
  private Instant deadline(Context context) {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
    Duration third = left.dividedBy(3);
    return clock.instant().plus(left).minus(RESERVE.compareTo(third) < 0 ? RESERVE : third);
  }

  private boolean isSettled(
      SQSMessage message, Attempt attempt, long millis, Context context, boolean cold) {
    int receive = Integer.parseInt(message.getAttributes().get("ApproximateReceiveCount"));
    LogLine log =
        describe(message, line(context, cold))
            .with("time", clock.instant().toString())
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
    log.with("settled", settled).ended(millis);
    context.getLogger().log(log + "\n");
    telemetry.emit(metrics(settled, receive, millis, cold));
    return settled;
  }

  private LogLine line(Context context, boolean cold) {
    return new LogLine(
        getClass().getSimpleName(), context.getFunctionName(), context.getAwsRequestId(), cold);
  }

  private Metrics metrics(boolean settled, int receive, long millis, boolean cold) {
    boolean last = receive >= EnrolmentWorker.MAX_RECEIVES;
    Metrics metrics =
        new Metrics(getClass().getSimpleName())
            .count(settled ? "JobsSettled" : last ? "JobsDead" : "JobsPostponed", 1)
            .millis("Latency", millis);
    return cold ? metrics.count("ColdStart", 1) : metrics;
  }

  private static LogLine describe(SQSMessage message, LogLine log) {
    try {
      return log.with("job", JobCodec.id(message.getBody()).text())
          .with("correlationId", JobCodec.correlationId(message.getBody()));
    } catch (InternalFault unreadable) {
      return log.with("messageId", message.getMessageId());
    }
  }

  /** Sets the backoff: zero after the last receive, to reach the dead-letter queue at once. */
  private void postpone(SQSMessage message, int receive) {
    Duration pause =
        receive >= EnrolmentWorker.MAX_RECEIVES
            ? Duration.ZERO
            : Duration.ofSeconds(2L << (2 * (receive - 1)));
    try {
      queue.postpone(message.getReceiptHandle(), pause);
    } catch (TransientFault | InternalFault kept) {
      // the message is redelivered when its visibility timeout expires
    }
  }
}
