package dev.facet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.facet.api.tasks.EnrolmentWorkerHandler;
import dev.facet.aws.lambda.Ping;
import dev.facet.core.fakes.InMemoryJobs;
import dev.facet.core.fakes.InMemoryQueue;
import dev.facet.core.jobs.EnrolmentWorker;
import dev.facet.core.jobs.JobCodec;
import dev.facet.core.jobs.SecretBackedKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Every handler answers the ping of the schedule without work, and nothing else so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PingsTest {

  private final TestService service = new TestService();
  private final List<String> log = new ArrayList<>();

  @Test
  void every_handler_of_the_specification_answers_a_ping() {
    for (String function : functions()) {
      assertThat(service.send(function, ping(), log).getStatusCode()).as(function).isEqualTo(204);
    }
    assertThat(log).isEmpty();
  }

  @Test
  void a_request_of_api_gateway_is_no_ping() {
    assertThat(
            service.send("v1.RegisterSubject", ping().withHttpMethod("POST"), log).getStatusCode())
        .isEqualTo(403);
    assertThat(log).hasSize(1);
  }

  @Test
  void the_worker_answers_a_ping() {
    SQSMessage message = new SQSMessage();
    message.setEventSource(Ping.SOURCE);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    SecureRandom random = new SecureRandom();
    EnrolmentWorkerHandler worker =
        new EnrolmentWorkerHandler(
            new EnrolmentWorker(
                FaultyFaces.with(new IllegalStateException("called")),
                new JobCodec(new SecretBackedKeys(new byte[32], random), random),
                new InMemoryJobs(),
                InstantSource.system()),
            new InMemoryQueue(),
            InstantSource.system());

    assertThat(
            worker.handleRequest(event, new TestContext(28_000, log::add)).getBatchItemFailures())
        .isEmpty();
    assertThat(log).isEmpty();
  }

  private static List<String> functions() {
    return TestService.SPECIFICATION.operations().stream()
        .flatMap(operation -> operation.function().stream())
        .distinct()
        .toList();
  }

  private static APIGatewayProxyRequestEvent ping() {
    return new APIGatewayProxyRequestEvent().withResource(Ping.SOURCE);
  }
}
