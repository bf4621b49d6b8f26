package dev.facet.core.jobs;

import dev.facet.core.faces.EnrolmentQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The times of automatic replays of a dead letter: 15 minutes, 1, 4 and 12 hours after the
 * acceptance of the job, then daily, for the last time a day before it expires.
 *
 * <p>Both times of a message decide alone, so no replay needs to be counted or recorded.
 */
final class ReplaySchedule {

  private static final List<Duration> DELAYS =
      Stream.concat(
              Stream.of(
                  Duration.ofMinutes(15),
                  Duration.ofHours(1),
                  Duration.ofHours(4),
                  Duration.ofHours(12)),
              LongStream.range(1, EnrolmentQueue.MAX_AGE.toDays()).mapToObj(Duration::ofDays))
          .toList();

  private ReplaySchedule() {}

  /**
   * Returns the time of the next replay.
   *
   * @param accepted when the job was accepted
   * @param sent when its message was last sent
   * @return empty if the automatic replays are over
   */
  static Optional<Instant> next(Instant accepted, Instant sent) {
    return DELAYS.stream().map(accepted::plus).filter(sent::isBefore).findFirst();
  }
}
