package dev.facet.aws.telemetry;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * A task that a schedule starts: runs the work, writes one log line and emits one metric, both with
 * the number of items that the work processed.
 *
 * <p>Safe for concurrent use if the work is.
 */
public final class ScheduledTask {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String handler;
  private final Counter counter;
  private final IntSupplier work;
  private final Telemetry telemetry;
  private final ColdStart coldStart = new ColdStart();

  /**
   * The names of the number of processed items.
   *
   * @param field in the log line
   * @param metric in the metrics
   */
  public record Counter(String field, String metric) {}

  /**
   * @param handler the class that Lambda invokes; its simple name is the log's handler and the
   *     metric's operation
   * @param work returns the number of processed items
   */
  public ScheduledTask(Class<?> handler, Counter counter, IntSupplier work, Telemetry telemetry) {
    this.handler = handler.getSimpleName();
    this.counter = counter;
    this.work = work;
    this.telemetry = telemetry;
  }

  /**
   * Runs the work once. A failure of the work is logged by its type and thrown, for the schedule to
   * run the task again; it emits no metric of this task, since Lambda counts failed invocations.
   *
   * @param function the function's name in Lambda
   * @param requestId Lambda's id of the invocation
   * @param log receives the line, with a line terminator
   * @return the number of processed items
   */
  public int run(String function, String requestId, Consumer<String> log) {
    LogLine line = new LogLine(handler, function, requestId, coldStart.isNow());
    long start = System.nanoTime();
    int count;
    try {
      count = work.getAsInt();
    } catch (RuntimeException failure) {
      line.failed(failure).ended((System.nanoTime() - start) / NANOS_PER_MILLI);
      log.accept(line + "\n");
      throw failure;
    }
    log.accept(line.with(counter.field(), count) + "\n");
    telemetry.emit(new Metrics(handler).count(counter.metric(), count));
    return count;
  }
}
