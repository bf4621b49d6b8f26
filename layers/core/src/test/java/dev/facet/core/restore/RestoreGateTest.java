package dev.facet.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.retry.Retries;
import dev.facet.core.subjects.SubjectId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RestoreGateTest implements Admission {

  private static final SubjectId ANN = new SubjectId("ann");

  private Instant now = Instant.EPOCH;
  private boolean admitted = true;
  private int reads;
  private int executed;

  private final RestoreGate gate =
      new RestoreGate(
          new FaceService() {
            @Override
            public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
              executed++;
              return command.resultType().cast(new FaceAnswer.Deleted(ANN));
            }
          },
          this,
          () -> now,
          new Retries(() -> now, this::pass, new SecureRandom()));

  @Test
  void commands_are_executed_and_the_state_is_read_every_five_seconds() {
    for (int i = 0; i < 10; i++) {
      delete();
      now = now.plusSeconds(1);
    }
    assertThat(executed).isEqualTo(10);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void no_command_is_executed_during_a_restore() {
    admitted = false;
    assertThatExceptionOfType(TransientFault.class)
        .isThrownBy(this::delete)
        .satisfies(
            refused -> assertThat(refused.kind()).isEqualTo(TransientFault.Kind.NO_CAPACITY));
    assertThat(executed).isZero();

    admitted = true;
    now = now.plusSeconds(1);
    delete();
    assertThat(executed).isEqualTo(1);
  }

  private void delete() {
    CallContext call =
        new CallContext(
            Application.withDefaults(new ApplicationId(new UUID(1, 2))),
            new OperationId("op"),
            "digest",
            now.plusSeconds(20),
            "test");
    var _ = gate.execute(new FaceCommand.Delete(call, ANN));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public boolean isAdmitted() {
    reads++;
    return admitted;
  }

  @Override
  public Instant close(Instant at) {
    throw new AssertionError("a gate changes nothing");
  }

  @Override
  public void admit() {
    throw new AssertionError("a gate changes nothing");
  }
}
