package dev.facet.vision;

import dev.facet.core.retry.Deadline;
import java.util.function.Supplier;

/**
 * Runs the stages of one extraction: each begins only before the deadline, and is measured.
 *
 * @param timer measures each stage
 * @param deadline the deadline of the extraction
 */
record Stages(StageTimer timer, Deadline deadline) {

  /**
   * Runs a stage and returns its result.
   *
   * @throws dev.facet.core.faults.TransientFault TIMEOUT if the deadline has passed
   */
  <T> T run(StageTimer.Stage stage, Supplier<T> work) {
    deadline.left();
    return timer.time(stage, work);
  }
}
