package dev.facet.aws.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.aws.telemetry.ScheduledTask.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class ScheduledTaskTest {

  private final List<String> log = new ArrayList<>();
  private final List<String> metrics = new ArrayList<>();
  private final Telemetry telemetry = new Telemetry("Mine", () -> Instant.EPOCH, metrics::add);

  @Test
  void a_run_is_logged_and_counted() {
    ScheduledTask task = task(() -> 3);

    assertThat(task.run("function", "request", log::add)).isEqualTo(3);
    task.run("function", "request", log::add);

    assertThat(log)
        .containsExactly(
            "{\"handler\":\"SweepHandler\",\"function\":\"function\",\"requestId\":\"request\","
                + "\"coldStart\":true,\"erased\":3}\n",
            "{\"handler\":\"SweepHandler\",\"function\":\"function\",\"requestId\":\"request\","
                + "\"coldStart\":false,\"erased\":3}\n");
    assertThat(metrics).hasSize(2);
    assertThat(metrics.getLast()).endsWith("\"Operation\":\"SweepHandler\",\"ImagesSwept\":3}");
  }

  @Test
  void a_failed_run_is_logged_without_the_message_and_throws() {
    RuntimeException failure = new IllegalStateException("secret");
    ScheduledTask task =
        task(
            () -> {
              throw failure;
            });

    assertThatThrownBy(() -> task.run("function", "request", log::add)).isSameAs(failure);

    assertThat(log)
        .singleElement()
        .asString()
        .startsWith(
            "{\"handler\":\"SweepHandler\",\"function\":\"function\",\"requestId\":\"request\","
                + "\"coldStart\":true,\"fault\":\"IllegalStateException\"")
        .contains("\"outcome\":\"fault\",\"level\":\"ERROR\"")
        .endsWith("}\n")
        .doesNotContain("secret", "erased");
    assertThat(metrics).isEmpty();
  }

  private ScheduledTask task(IntSupplier work) {
    return new ScheduledTask(
        SweepHandler.class, new Counter("erased", "ImagesSwept"), work, telemetry);
  }

  private static final class SweepHandler {}
}
