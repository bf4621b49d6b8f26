package dev.facet.local.lambda.isolated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.local.lambda.InvocationFault;
import dev.facet.local.lambda.Lambda;
import dev.facet.local.lambda.Lambda.Timeouts;
import dev.facet.local.lambda.isolated.InvocationResult.Threw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions under AWS's own runtime interface client, each in a process. */
@Timeout(120)
class IsolatedLambdaIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(90));

  @TempDir private Path folder;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final IsolatedLambda lambda =
      new IsolatedLambda(InstantSource.system(), UUID::randomUUID, new PrintStream(log, true));

  @BeforeEach
  void onLinux() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"),
        "AWS's runtime interface client is for Linux");
  }

  @AfterEach
  void stop() {
    lambda.close();
  }

  private void deploy(Timeouts timeouts, int maxProcesses) {
    lambda.deploy(settings(Trial.class.getName(), timeouts, maxProcesses));
  }

  private FunctionSettings settings(String handler, Timeouts timeouts, int maxProcesses) {
    return new FunctionSettings(
        "Trial",
        handler,
        new LaunchCommand.ClassPath(System.getProperty("java.class.path")),
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"),
        Map.of("AWS_REGION", "us-east-1", "TRIAL_BROKEN", folder.resolve("broken").toString()),
        512,
        timeouts,
        maxProcesses);
  }

  private JsonNode invoke(String event) {
    try {
      return JSON.readTree(lambda.invoke("Trial", event.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a caller who leaves early has to: the process may still be beginning, or at work. */
  private JsonNode invokeUntilAnswered() {
    while (true) {
      try {
        return invoke("{}");
      } catch (InvocationFault fault) {
        assertThat(fault.kind()).isEqualTo(InvocationFault.Kind.TIMED_OUT);
      }
    }
  }

  private void assertFails(String event, InvocationFault.Kind kind) {
    assertThatThrownBy(() -> invoke(event))
        .asInstanceOf(type(InvocationFault.class))
        .extracting(InvocationFault::kind)
        .isEqualTo(kind);
  }

  @Test
  void what_a_process_says_while_it_is_retired_is_logged() throws InterruptedException {
    deploy(PATIENT, 1);
    invoke("{\"do\":\"part\"}");

    lambda.retire("Trial");

    for (int i = 0; i < 100 && !log.toString(UTF_8).contains("farewell"); i++) {
      Thread.sleep(50); // its log is read beside
    }
    assertThat(log.toString(UTF_8)).contains("farewell");
  }

  @Test
  void an_invocation_over_the_limit_is_throttled_until_another_ends() throws Exception {
    try (IsolatedLambda limited =
            new IsolatedLambda(
                ConcurrencyLimit.of(1),
                InstantSource.system(),
                UUID::randomUUID,
                new PrintStream(log, true));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      limited.deploy(settings(Trial.class.getName(), PATIENT, 1));
      byte[] event = "{\"do\":\"wait\",\"millis\":\"2000\"}".getBytes(UTF_8);
      List<Future<InvocationResult>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(callers.submit(() -> limited.run("Trial", event, limited.trace()).orElseThrow()));
      }
      List<Class<?>> outcomes = new ArrayList<>();
      for (Future<InvocationResult> outcome : both) {
        outcomes.add(outcome.get().getClass());
      }
      assertThat(outcomes)
          .containsExactlyInAnyOrder(
              InvocationResult.Answered.class, InvocationResult.Throttled.class);
      assertThat(limited.invoke("Trial", "{}".getBytes(UTF_8))).isNotEmpty();
    }
  }

  @Test
  void an_idle_process_is_used_again_and_told_about_each_invocation() {
    deploy(PATIENT, 4);
    JsonNode first = invoke("{}");
    JsonNode second = invoke("{}");

    assertThat(second.path("pid")).isEqualTo(first.path("pid"));
    assertThat(second.path("requestId")).isNotEqualTo(first.path("requestId"));
    assertThat(first.path("arn").asText())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:Trial");
    assertThat(first.path("left").asInt()).isBetween(30_000, 60_000);
    assertThat(first.path("trace").asText())
        .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
  }

  @Test
  void a_process_inherits_nothing_that_is_not_its_functions() {
    deploy(PATIENT, 1);

    assertThat(invoke("{}").path("variables").asText().split(","))
        .allMatch(
            name ->
                name.matches(
                    "PATH|HOME|TMPDIR|LANG|TZ|AWS_.*|_HANDLER|LAMBDA_TASK_ROOT|TRIAL_BROKEN"));
  }

  @Test
  void a_process_loads_the_runtime_client_that_is_unpacked_for_all() {
    deploy(PATIENT, 1);
    Path client = Path.of(invoke("{}").path("client").asText());

    assertThat(client).isNotEmptyFile();
    lambda.close();
    assertThat(client).doesNotExist();
  }

  @Test
  void after_a_crash_the_next_event_finds_a_new_process() {
    deploy(PATIENT, 1);
    JsonNode before = invoke("{}");
    assertFails("{\"do\":\"crash\"}", InvocationFault.Kind.FAILED);

    assertThat(invoke("{}").path("pid")).isNotEqualTo(before.path("pid"));
  }

  @Test
  void what_is_thrown_is_told_and_the_process_goes_on() throws IOException {
    deploy(PATIENT, 1);
    JsonNode before = invoke("{}");
    InvocationResult outcome =
        lambda.run("Trial", "{\"do\":\"throw\"}".getBytes(UTF_8), "Root=1-0-0").orElseThrow();

    assertThat(outcome).isInstanceOf(Threw.class);
    JsonNode error = JSON.readTree(((Threw) outcome).error());
    assertThat(error.path("errorType").asText()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(error.path("errorMessage").asText()).isEqualTo("as it was told");
    assertThat(invoke("{}").path("pid")).isEqualTo(before.path("pid"));
  }

  @Test
  void a_function_that_takes_too_long_is_killed_and_replaced() {
    deploy(new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(90)), 1);
    JsonNode before = invoke("{}");
    long process = before.path("pid").asLong();
    assertFails("{\"do\":\"wait\",\"millis\":\"600000\"}", InvocationFault.Kind.TIMED_OUT);

    assertThat(invoke("{}").path("pid").asLong()).isNotEqualTo(process);
    assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void a_caller_who_leaves_early_leaves_the_function_at_work() {
    deploy(new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(2)), 1);
    JsonNode before = invokeUntilAnswered();
    assertFails("{\"do\":\"wait\",\"millis\":\"4000\"}", InvocationFault.Kind.TIMED_OUT);

    assertThat(invokeUntilAnswered().path("pid")).isEqualTo(before.path("pid"));
  }

  @Test
  void events_and_answers_of_more_than_six_megabytes_are_refused() {
    deploy(PATIENT, 1);
    String padding = "x".repeat(Lambda.MAX_PAYLOAD_BYTES);
    assertFails("{\"padding\":\"%s\"}".formatted(padding), InvocationFault.Kind.TOO_LARGE);
    assertFails(
        "{\"do\":\"fill\",\"size\":\"%d\"}".formatted(Lambda.MAX_PAYLOAD_BYTES),
        InvocationFault.Kind.FAILED);

    int most = Lambda.MAX_PAYLOAD_BYTES - 100;
    assertThat(invoke("{\"do\":\"fill\",\"size\":\"%d\"}".formatted(most)).path("filling").asText())
        .hasSize(most);
  }

  @Test
  void a_function_that_cannot_begin_is_tried_again_by_the_next_event() throws IOException {
    Path broken = Files.createFile(folder.resolve("broken"));
    deploy(PATIENT, 1);
    assertFails("{}", InvocationFault.Kind.FAILED);
    Files.delete(broken);

    assertThat(invoke("{}").path("pid").asLong()).isPositive();
  }

  @Test
  void a_handler_that_is_not_there_fails() {
    lambda.deploy(settings("nowhere.Handler", PATIENT, 1));

    assertFails("{}", InvocationFault.Kind.FAILED);
  }

  @Test
  void concurrent_events_beyond_the_bound_wait() throws Exception {
    deploy(PATIENT, 2);
    Set<String> processes = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<JsonNode> busy = () -> invoke("{\"do\":\"wait\",\"millis\":\"300\"}");
      for (Future<JsonNode> answer : threads.invokeAll(List.of(busy, busy, busy, busy, busy))) {
        processes.add(answer.get().path("pid").asText());
      }
    }

    assertThat(processes).hasSize(2);
  }

  @Test
  void closing_kills_the_processes() {
    deploy(PATIENT, 1);
    ProcessHandle process = ProcessHandle.of(invoke("{}").path("pid").asLong()).orElseThrow();
    lambda.close();

    assertThat(process.onExit().join().isAlive()).isFalse();
  }

  @Test
  void there_is_no_function_of_another_name() {
    assertThatThrownBy(() -> lambda.invoke("Other", new byte[] {'{', '}'}))
        .isInstanceOf(InvocationFault.class);
  }
}
