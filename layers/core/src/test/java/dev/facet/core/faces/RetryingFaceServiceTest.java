package dev.facet.core.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faults.NoFace;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.operations.OperationId;
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
  void aPassingFaultIsTriedAgainUnderTheSameOperation() {
    faults.add(new TransientFault(Kind.THROTTLED, "throttled"));
    faults.add(new TransientFault(Kind.CONFLICT, "others won"));

    assertThat(delete(START.plusSeconds(20)).subject()).isEqualTo(SUBJECT);
    assertThat(given).hasSize(3).allMatch(command -> command.equals(given.getFirst()));
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
  }

  @Test
  void theThirdFaultIsPassedOn() {
    TransientFault last = new TransientFault(Kind.UNAVAILABLE, "third");
    faults.add(new TransientFault(Kind.UNAVAILABLE, "first"));
    faults.add(new TransientFault(Kind.UNAVAILABLE, "second"));
    faults.add(last);

    assertThatThrownBy(() -> delete(START.plusSeconds(20))).isSameAs(last);
  }

  @Test
  void aTimeoutAndACallersFaultAreNotTriedAgain() {
    faults.add(new TransientFault(Kind.TIMEOUT, "late"));
    assertThatThrownBy(() -> delete(START.plusSeconds(20))).isInstanceOf(TransientFault.class);
    faults.add(new NoFace());
    assertThatThrownBy(() -> delete(START.plusSeconds(20))).isInstanceOf(NoFace.class);
    assertThat(given).hasSize(2);
  }

  @Test
  void nothingIsTriedWhenThePauseWouldPassTheDeadline() {
    faults.add(new TransientFault(Kind.THROTTLED, "throttled"));

    assertThatThrownBy(() -> delete(START.plusMillis(40))).isInstanceOf(TransientFault.class);
    assertThat(pauses).isEmpty();
  }

  private FaceAnswer.Deleted delete(Instant deadline) {
    Call call =
        new Call(
            Application.withDefaults(new ApplicationId(new UUID(0, 1))),
            new OperationId("op"),
            "",
            deadline,
            "c");
    FaceService flaky =
        new FaceService() {
          @Override
          public <A extends FaceAnswer> A answer(FaceCommand<A> command) {
            given.add(command);
            if (!faults.isEmpty()) {
              throw faults.remove();
            }
            @SuppressWarnings("unchecked")
            A deleted = (A) new FaceAnswer.Deleted(SUBJECT);
            return deleted;
          }
        };
    return new RetryingFaceService(flaky, () -> now, this::pause, new Random(7))
        .answer(new FaceCommand.Delete(call, SUBJECT));
  }

  private void pause(Duration time) {
    pauses.add(time);
    now = now.plus(time);
  }
}
