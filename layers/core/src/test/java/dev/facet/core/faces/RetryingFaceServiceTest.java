package dev.facet.core.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.FaceCommand.EnrolFeatures;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryingFaceServiceTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final SubjectId SUBJECT = new SubjectId("s");

  private final Deque<RuntimeException> faults = new ArrayDeque<>();
  private final List<FaceCommand<?>> given = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = START;

  @Test
  void a_passing_fault_is_tried_again_under_the_same_operation() {
    faults.add(new TransientFault(Kind.THROTTLED, "throttled"));
    faults.add(new TransientFault(Kind.CONFLICT, "others won"));

    assertThat(delete(START.plusSeconds(20)).subject()).isEqualTo(SUBJECT);
    assertThat(given).hasSize(3).allMatch(command -> command.equals(given.getFirst()));
  }

  @Test
  void faults_are_waited_out_with_pauses_that_grow_to_a_quarter_second() {
    for (int i = 0; i < 40; i++) {
      faults.add(new TransientFault(Kind.THROTTLED, "throttled"));
    }

    assertThat(delete(START.plusSeconds(20)).subject()).isEqualTo(SUBJECT);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(25), Duration.ofMillis(75));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
    assertThat(pauses.subList(3, 40))
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(125), Duration.ofMillis(375)));
  }

  @Test
  void the_last_fault_before_the_deadline_is_passed_on() {
    for (int i = 0; i < 1000; i++) {
      faults.add(new TransientFault(Kind.UNAVAILABLE, "number " + i));
    }

    assertThatThrownBy(() -> delete(START.plusSeconds(20)))
        .hasMessage("number " + (given.size() - 1));
    assertThat(now).isBetween(START.plusSeconds(19), START.plusSeconds(20));
  }

  @Test
  void a_command_is_given_again_until_its_patience_ends() {
    for (int i = 0; i < 1000; i++) {
      faults.add(new TransientFault(Kind.THROTTLED, "throttled"));
    }

    EnrolFeatures enrolment =
        new EnrolFeatures(
            call(START.plusSeconds(20)).withPatience(START.plusSeconds(2)),
            new ModelVersion("FACE3_3"),
            List.of(),
            null);
    assertThatThrownBy(() -> service().execute(enrolment)).isInstanceOf(TransientFault.class);
    assertThat(given).hasSizeGreaterThan(3);
    assertThat(now).isBetween(START.plusSeconds(1), START.plusSeconds(2));
  }

  @Test
  void a_call_that_finds_no_capacity_fails_within_a_second() {
    for (int i = 0; i < 1000; i++) {
      faults.add(new TransientFault(Kind.NO_CAPACITY, "throttled"));
    }

    assertThatThrownBy(() -> delete(START.plusSeconds(20)))
        .isInstanceOfSatisfying(
            TransientFault.class, it -> assertThat(it.kind()).isEqualTo(Kind.NO_CAPACITY));
    assertThat(given).hasSizeGreaterThan(3);
    assertThat(now).isBefore(START.plusSeconds(1));
  }

  @Test
  void a_timeout_and_a_callers_fault_are_not_tried_again() {
    faults.add(new TransientFault(Kind.TIMEOUT, "late"));
    assertThatThrownBy(() -> delete(START.plusSeconds(20))).isInstanceOf(TransientFault.class);
    faults.add(new NoFace());
    assertThatThrownBy(() -> delete(START.plusSeconds(20))).isInstanceOf(NoFace.class);
    assertThat(given).hasSize(2);
  }

  @Test
  void nothing_is_tried_when_the_pause_would_pass_the_deadline() {
    faults.add(new TransientFault(Kind.THROTTLED, "throttled"));

    assertThatThrownBy(() -> delete(START.plusMillis(20))).isInstanceOf(TransientFault.class);
    assertThat(pauses).isEmpty();
  }

  private FaceAnswer.Deleted delete(Instant deadline) {
    return service().execute(new FaceCommand.Delete(call(deadline), SUBJECT));
  }

  private static CallContext call(Instant deadline) {
    return new CallContext(
        Application.withDefaults(new ApplicationId(new UUID(0, 1))),
        new OperationId("op"),
        "",
        deadline,
        "c");
  }

  private FaceService service() {
    FaceService flaky =
        new FaceService() {
          @Override
          public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
            given.add(command);
            if (!faults.isEmpty()) {
              throw faults.remove();
            }
            @SuppressWarnings("unchecked")
            A deleted = (A) new FaceAnswer.Deleted(SUBJECT);
            return deleted;
          }
        };
    return new RetryingFaceService(flaky, () -> now, this::pause, new Random(7));
  }

  private void pause(Duration time) {
    pauses.add(time);
    now = now.plus(time);
  }
}
