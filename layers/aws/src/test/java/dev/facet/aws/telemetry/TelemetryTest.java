package dev.facet.aws.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.aws.FunctionEnvironment;
import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TelemetryTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> lines = new ArrayList<>();
  private final Telemetry telemetry = new Telemetry("Mine", () -> NOW, lines::add);

  /** What CloudWatch's specification of the format demands. */
  @ParameterizedTest
  @EnumSource
  void a_line_is_of_the_embedded_metric_format(RequestOutcome outcome) throws Exception {
    telemetry.emit(Metrics.ofRequest("SearchFaceHandler", outcome, 17, true));

    JsonNode line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.at("/_aws/Timestamp").longValue()).isEqualTo(NOW.toEpochMilli());
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.path("Namespace").textValue()).isEqualTo("Facet");
    assertThat(directive.path("Dimensions")).hasSize(1);
    for (JsonNode dimension : directive.at("/Dimensions/0")) {
      assertThat(line.path(dimension.textValue()).isTextual()).isTrue();
    }
    assertThat(directive.path("Metrics")).isNotEmpty();
    for (JsonNode metric : directive.path("Metrics")) {
      assertThat(line.path(metric.path("Name").textValue()).isNumber()).isTrue();
      assertThat(metric.path("Unit").textValue()).isIn("Count", "Milliseconds");
    }
    assertThat(lines.getFirst()).doesNotContain("\n");
  }

  @Test
  void a_request_is_counted_with_how_long_it_took_and_what_it_came_to() {
    telemetry.emit(Metrics.ofRequest("SearchFaceHandler", RequestOutcome.TIMEOUT, 17, false));
    telemetry.emit(Metrics.ofRequest("SearchFaceHandler", RequestOutcome.OK, 3, true));

    assertThat(lines.getFirst())
        .endsWith(
            "\"Service\":\"Mine\",\"Operation\":\"SearchFaceHandler\","
                + "\"Requests\":1,\"Latency\":17,\"Timeouts\":1}");
    assertThat(lines.getLast()).endsWith("\"Requests\":1,\"Latency\":3,\"ColdStart\":1}");
  }

  @Test
  void errors_are_the_callers_a_conflict_a_timeout_or_ours() {
    assertThat(RequestOutcome.of(new NoFace())).isEqualTo(RequestOutcome.CLIENT);
    assertThat(RequestOutcome.of(new DuplicateRequest())).isEqualTo(RequestOutcome.CONFLICT);
    assertThat(RequestOutcome.of(new TransientFault(Kind.THROTTLED, "busy")))
        .isEqualTo(RequestOutcome.TIMEOUT);
    assertThat(RequestOutcome.of(new InternalFault("damaged"))).isEqualTo(RequestOutcome.FAULT);
    assertThat(RequestOutcome.of(new IllegalStateException())).isEqualTo(RequestOutcome.FAULT);
    assertThat(List.of(204, 404, 409, 502).stream().map(RequestOutcome::ofStatus))
        .containsExactly(
            RequestOutcome.OK,
            RequestOutcome.CLIENT,
            RequestOutcome.CONFLICT,
            RequestOutcome.FAULT);
  }

  @Test
  void a_start_is_cold_once() {
    ColdStart start = new ColdStart();

    assertThat(start.isNow()).isTrue();
    assertThat(start.isNow()).isFalse();
  }

  @Test
  void metrics_are_told_in_lambda_alone() {
    Telemetry.of(new FunctionEnvironment(Map.of()), lines::add)
        .emit(new Metrics("Nothing").count("Requests", 1));
    assertThat(lines).isEmpty();

    Telemetry.of(
            new FunctionEnvironment(
                Map.of("AWS_LAMBDA_FUNCTION_NAME", "f", "FACET_SERVICE", "Other")),
            lines::add)
        .emit(new Metrics("Something").count("Requests", 1));
    assertThat(lines).singleElement().asString().contains("\"Service\":\"Other\"");
  }

  @Test
  void what_is_ours_is_an_error_in_the_log_and_what_is_the_callers_is_not() {
    LogLine ours = new LogLine("Handler", "function", "request", false);
    ours.failed(new TransientFault(Kind.TIMEOUT, "too late")).ended(500, 5);
    LogLine callers = new LogLine("Handler", "function", "request", false);
    callers.blamesCaller("MissingPuid").ended(500, 5);

    assertThat(ours.toString()).contains("\"outcome\":\"timeout\"", "\"level\":\"ERROR\"");
    assertThat(callers.toString()).contains("\"outcome\":\"client\"", "\"level\":\"INFO\"");
  }
}
