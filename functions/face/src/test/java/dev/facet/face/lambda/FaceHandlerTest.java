package dev.facet.face.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facet.aws.lambda.Ping;
import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.wire.RemoteFaceService;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaceHandlerTest {

  private static final FaceCommand<FaceAnswer.Verified> VERIFY =
      new FaceCommand.Verify(
          new CallContext(
              Application.withDefaults(new ApplicationId(UUID.randomUUID())),
              new OperationId("operation"),
              "",
              Instant.parse("2030-01-01T00:00:00Z"),
              "correlation"),
          "a photo's text",
          new SubjectId("someone"));

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void a_command_is_carried_out_and_its_answer_comes_back() {
    FaceAnswer.Verified answer = through(answering(null)).execute(VERIFY);

    assertThat(answer).isEqualTo(new FaceAnswer.Verified(new SubjectId("someone"), 7654));
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  @Test
  void a_callers_mistake_comes_back_as_what_it_is_and_is_not_logged() {
    assertThatThrownBy(() -> through(answering(new NoFace())).execute(VERIFY))
        .isInstanceOf(NoFace.class);
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  @Test
  void a_fault_of_ours_is_logged_by_its_kind_alone() {
    RuntimeException cause = new IllegalStateException("a photo's text");
    InternalFault fault = new InternalFault("a photo's text", cause);

    assertThatThrownBy(() -> through(answering(fault)).execute(VERIFY))
        .isInstanceOf(InternalFault.class);
    assertThat(log.toString(UTF_8))
        .isEqualTo(
            "{\"level\":\"ERROR\",\"fault\":\"InternalFault of"
                + " java.lang.IllegalStateException\"}\n");
  }

  @Test
  void a_ping_is_no_command_and_reaches_no_service() throws IOException {
    FaceHandler handler =
        new FaceHandler(answering(new InternalFault("called")), new PrintStream(log, true, UTF_8));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();

    handler.carryOut(
        new ByteArrayInputStream(new JsonMapper().writeValueAsBytes(Ping.event())), answer);

    assertThat(answer.size()).isZero();
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  private FaceService through(FaceService service) {
    FaceHandler handler = new FaceHandler(service, new PrintStream(log, true, UTF_8));
    return new RemoteFaceService(
        (command, deadline) -> {
          ByteArrayOutputStream answer = new ByteArrayOutputStream();
          try {
            handler.carryOut(new ByteArrayInputStream(command), answer);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return answer.toByteArray();
        });
  }

  private static FaceService answering(@Nullable Fault fault) {
    return new FaceService() {
      @Override
      @SuppressWarnings("unchecked")
      public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
        if (fault != null) {
          throw fault;
        }
        return (A) new FaceAnswer.Verified(new SubjectId("someone"), 7654);
      }
    };
  }
}
