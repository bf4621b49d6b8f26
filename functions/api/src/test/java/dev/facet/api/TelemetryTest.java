package dev.facet.api;

import static dev.facet.api.TestService.event;
import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.api.http.EndpointContext;
import dev.facet.api.http.NodePorts;
import dev.facet.api.http.Services;
import dev.facet.api.http.Settings;
import dev.facet.api.v1.SearchFaceHandler;
import dev.facet.aws.telemetry.Telemetry;
import dev.facet.core.faces.FaceService;
import dev.facet.core.fakes.InMemoryApplications;
import dev.facet.core.fakes.InMemoryKeys;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What of a request is told to those who run the service. */
class TelemetryTest {

  private final List<String> metrics = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final Telemetry telemetry = new Telemetry("Facet", InstantSource.system(), metrics::add);

  private TestService on(UnaryOperator<FaceService> around) {
    return new TestService(around, NodePorts.withDefaults(), telemetry);
  }

  private JsonNode lastMetrics() {
    return Specification.read(metrics.getLast());
  }

  @Test
  void a_line_says_whose_request_came_to_what_in_how_long() {
    TestService service = on(UnaryOperator.identity());
    service.invoke(event("search-face", "probe", photo("nobody")));

    JsonNode line = Specification.read(service.log.getFirst());
    assertThat(line.properties().stream().map(Map.Entry::getKey))
        .contains("time", "level", "handler", "function", "requestId", "coldStart", "method")
        .contains("resource", "correlationId", "applicationId", "status", "outcome", "millis");
    assertThat(line.path("outcome").textValue()).isEqualTo("client");
    assertThat(line.path("level").textValue()).isEqualTo("INFO");
  }

  @Test
  void the_gateways_trace_is_named_and_nothing_else_of_its_header() {
    SearchFaceHandler handler = new SearchFaceHandler(services());
    for (String header :
        List.of("Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8", "a secret")) {
      handler.handleRequest(
          new APIGatewayProxyRequestEvent()
              .withHttpMethod("GET")
              .withHeaders(Map.of("X-Amzn-Trace-Id", header)),
          new TestContext(28_000, log::add));
    }

    assertThat(log.getFirst()).contains("\"xrayTraceId\":\"1-67891233-abcdef012345678912345678\"");
    assertThat(log.getLast()).doesNotContain("xrayTraceId", "a secret");
  }

  @Test
  void a_start_is_cold_once() {
    SearchFaceHandler handler = new SearchFaceHandler(services());
    for (int i = 0; i < 3; i++) {
      handler.handleRequest(
          new APIGatewayProxyRequestEvent().withHttpMethod("GET"),
          new TestContext(28_000, log::add));
    }

    assertThat(log.stream().map(line -> Specification.read(line).path("coldStart").asBoolean()))
        .containsExactly(true, false, false);
    assertThat(metrics.stream().map(line -> Specification.read(line).has("ColdStart")))
        .containsExactly(true, false, false);
  }

  @Test
  void requests_are_counted_and_errors_by_who_is_to_blame() {
    on(UnaryOperator.identity()).invoke(event("register-subject"));
    assertThat(lastMetrics().path("Operation").textValue()).isEqualTo("RegisterSubjectHandler");
    assertThat(lastMetrics().path("Requests").intValue()).isOne();
    assertThat(lastMetrics().path("Latency").isNumber()).isTrue();
    assertThat(metrics.getLast()).doesNotContain("Errors", "Faults", "Timeouts", "Conflicts");

    on(UnaryOperator.identity()).invoke(event("register-subject", "face", "%"));
    assertThat(lastMetrics().path("ClientErrors").intValue()).isOne();
    on(faces -> FaultyFaces.with(new TransientFault(Kind.TIMEOUT, "late")))
        .invoke(event("register-subject"));
    assertThat(lastMetrics().path("Timeouts").intValue()).isOne();
    on(faces -> FaultyFaces.with(new InternalFault("damaged"))).invoke(event("register-subject"));
    assertThat(lastMetrics().path("Faults").intValue()).isOne();

    TestService service = on(UnaryOperator.identity());
    for (String person : List.of("ann", "bob")) {
      var event = event("register-subject", "face", photo(person));
      event.withObject("/headers").put("Idempotency-Key", "order-17");
      service.invoke(event);
    }
    assertThat(lastMetrics().path("Conflicts").intValue()).isOne();
  }

  private Services services() {
    return Services.of(
        new InMemoryKeys(),
        new InMemoryApplications(),
        FaultyFaces.with(new InternalFault("never asked")),
        EndpointContext.of(Settings.DEFAULT).with(telemetry));
  }
}
