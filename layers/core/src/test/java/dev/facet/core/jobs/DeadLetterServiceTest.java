package dev.facet.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.faces.EnrolmentQueue;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.fakes.InMemoryJobs;
import dev.facet.core.fakes.InMemoryQueue;
import dev.facet.core.fakes.SettableClock;
import dev.facet.core.faults.CallerFault.EnrolmentFailed;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.jobs.DeadLetterService.DeadJob;
import dev.facet.core.jobs.DeadLetterService.Tended;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Done;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Refused;
import dev.facet.core.subjects.PersonId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLetterServiceTest {

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock();
  private final SecretBackedKeys keys =
      new SecretBackedKeys(JobCodecTest.secret(), new SecureRandom());
  private final JobCodec codec = new JobCodec(keys, random);
  private final InMemoryQueue queue = new InMemoryQueue();
  private final InMemoryJobs records = new InMemoryJobs();
  private final Set<OperationId> operations = new HashSet<>();
  private final DeadLetterService dead =
      new DeadLetterService(
          queue, queue, records, (application, id) -> operations.contains(id), clock);
  private final Done done =
      new Done(
          new Enrolled(new Person(PersonId.random(random), PersonId.random(random), 0), false));

  private Instant until() {
    return clock.instant().plusSeconds(20);
  }

  /** Returns the message of a job that was accepted now. */
  private String message() {
    JobId id =
        new JobIds(keys, clock, random)
            .create(
                JobCodecTest.COMMAND.call().application().id(),
                JobCodecTest.COMMAND.version(),
                EnrolmentQueue.Form.PLAIN);
    return codec.seal(id, JobCodecTest.COMMAND);
  }

  private Instant accepted(String message) {
    return JobCodec.id(message).time();
  }

  @Test
  void a_job_whose_every_replay_fails_is_replayed_with_growing_pauses_and_then_dead() {
    String message = message();
    queue.giveUp(message, clock.instant());
    List<Duration> replays = new ArrayList<>();
    Instant end = accepted(message).plus(EnrolmentQueue.MAX_AGE).minus(Duration.ofMinutes(10));
    while (clock.instant().isBefore(end)) {
      clock.advance(Duration.ofMinutes(5));
      if (dead.tend(until()).replayed() == 1) {
        replays.add(Duration.between(accepted(message), clock.instant()));
        queue.giveUp(queue.messages().getLast(), clock.instant());
      }
      assertThat(records.find(JobCodec.id(message)).isPresent())
          .as("dead after %s", replays)
          .isEqualTo(replays.size() == 17 && !isJustReplayed(message, replays.getLast()));
    }

    assertThat(replays).hasSize(17);
    List<Integer> hours = List.of(0, 1, 4, 12, 24, 48, 72);
    assertThat(replays.subList(0, 7).stream().map(it -> (int) it.toHours()).toList())
        .isEqualTo(hours);
    assertThat(replays.getFirst()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(21));
    assertThat(replays.getLast().toDays()).isEqualTo(13);
    assertThat(records.find(JobCodec.id(message))).contains(new Dead());
    assertThat(dead.list()).extracting(DeadJob::replay).containsOnlyNulls();
  }

  private boolean isJustReplayed(String message, Duration last) {
    return Duration.between(accepted(message).plus(last), clock.instant()).toMinutes() < 1;
  }

  @Test
  void replays_are_paced() {
    for (int i = 0; i < DeadLetterService.MAX_REPLAYS_PER_RUN + 7; i++) {
      queue.giveUp(message(), clock.instant());
    }
    clock.advance(Duration.ofMinutes(16));
    assertThat(dead.tend(until())).isEqualTo(new Tended(DeadLetterService.MAX_REPLAYS_PER_RUN, 0));
    assertThat(dead.list()).hasSize(7);
    assertThat(dead.tend(until())).isEqualTo(new Tended(7, 0));
    assertThat(queue.messages()).hasSize(DeadLetterService.MAX_REPLAYS_PER_RUN + 7);
  }

  @Test
  void a_letter_of_a_job_that_has_ended_goes_without_a_replay() {
    String finished = message();
    String refused = message();
    String old = message();
    records.settle(JobCodec.id(finished), done);
    records.settle(JobCodec.id(refused), new Refused(new EnrolmentFailed()));
    queue.giveUp(finished, accepted(finished));
    queue.giveUp(refused, accepted(refused));
    clock.advance(Duration.ofMinutes(16));
    assertThat(dead.tend(until())).isEqualTo(new Tended(0, 2));
    queue.giveUp(old, accepted(old).plus(Duration.ofDays(13)));
    clock.advance(EnrolmentQueue.MAX_AGE);
    assertThat(dead.tend(until())).isEqualTo(new Tended(0, 1));
    assertThat(dead.list()).isEmpty();
    assertThat(queue.messages()).isEmpty();
    assertThat(records.find(JobCodec.id(finished))).contains(done);
    assertThat(records.find(JobCodec.id(old))).contains(new Expired());
  }

  @Test
  void a_recorded_operation_is_delivered_once_more_instead_of_called_dead() {
    String message = message();
    queue.giveUp(message, accepted(message).plus(Duration.ofDays(13)));
    clock.advance(Duration.ofDays(13).plusHours(1));
    operations.add(JobCodecTest.COMMAND.call().operation());
    assertThat(dead.tend(until())).isEqualTo(new Tended(1, 0));
    assertThat(records.find(JobCodec.id(message))).isEmpty();
  }

  @Test
  void a_purged_job_expires_and_no_copy_of_its_message_is_replayed() {
    String message = message();
    queue.giveUp(message, accepted(message));
    queue.giveUp("not ours", accepted(message));
    assertThat(dead.purge("another")).isZero();
    assertThat(dead.purge(JobCodec.id(message).text())).isEqualTo(1);
    assertThat(records.find(JobCodec.id(message))).contains(new Expired());
    assertThat(dead.purge(null)).isEqualTo(1);
    queue.giveUp(message, accepted(message));
    clock.advance(Duration.ofMinutes(16));
    assertThat(dead.tend(until())).isEqualTo(new Tended(0, 1));
    assertThat(queue.messages()).isEmpty();
  }

  @Test
  void a_purge_forgets_no_outcome() {
    String message = message();
    records.settle(JobCodec.id(message), done);
    queue.giveUp(message, accepted(message));
    dead.purge(null);
    assertThat(records.find(JobCodec.id(message))).contains(done);
  }

  @Test
  void an_unreadable_letter_stays_until_it_is_purged() {
    queue.giveUp("not ours", clock.instant());
    clock.advance(Duration.ofDays(1));
    assertThat(dead.tend(until())).isEqualTo(new Tended(0, 0));
    assertThat(dead.replay(null)).isZero();
    assertThat(dead.list()).extracting(DeadJob::id).containsOnlyNulls();
    assertThat(dead.purge(null)).isEqualTo(1);
  }
}
