package dev.facet.aws.telemetry;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * A task that a schedule starts: runs the work, writes one log line and emits metrics, both with
 * the numbers of items that the work processed.
 *
 * <p>Safe for concurrent use if the work is.
 */
public final class ScheduledTask {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String handler;
  private final Supplier<Map<Counter, Integer>> work;
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
    this(handler, () -> Map.of(counter, work.getAsInt()), telemetry);
  }

  /** Creates a task whose work each run names. */
  public ScheduledTask(Class<?> handler, Telemetry telemetry) {
    this(handler, Map::of, telemetry);
  }

  private ScheduledTask(
      Class<?> handler, Supplier<Map<Counter, Integer>> work, Telemetry telemetry) {
    this.handler = handler.getSimpleName();
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
    return run(function, requestId, log, work);
  }

  /** Runs the given work once, as {@link #run(String, String, Consumer)} does its own. */
  public int run(
      String function,
      String requestId,
      Consumer<String> log,
      Supplier<Map<Counter, Integer>> work) {
    LogLine line = new LogLine(handler, function, requestId, coldStart.isNow());
    long start = System.nanoTime();
    Map<Counter, Integer> counts;
    try {
      counts = work.get();
    } catch (RuntimeException failure) {
      line.failed(failure).ended((System.nanoTime() - start) / NANOS_PER_MILLI);
      log.accept(line + "\n");
      throw failure;
    }
    Metrics metrics = new Metrics(handler);
    counts.forEach(
        (counter, count) -> {
          line.with(counter.field(), count);
          metrics.count(counter.metric(), count);
        });
    log.accept(line + "\n");
    telemetry.emit(metrics);
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
