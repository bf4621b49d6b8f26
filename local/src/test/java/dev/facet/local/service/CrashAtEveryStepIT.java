package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.local.administration.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that ends at every step of two enrolments, one done at once and one through the queue;
 * then a service on the same data.
 */
@Timeout(360)
class CrashAtEveryStepIT {

  /** The exit status of a process that SIGKILL ended. */
  static final int KILLED = 137;

  /** Nothing here takes as long; what does has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  /**
   * What a process did.
   *
   * @param said line by line
   */
  private record Run(Path data, int status, List<String> said) {

    List<String> steps() {
      return said.stream().filter(line -> line.matches("(before|after) .*")).toList();
    }

    /** Whether the first enrolment was written. */
    boolean hasWritten() {
      return said.contains("after TransactWriteItems");
    }

    /** Whether the second enrolment was accepted; it may be received before the sender knows. */
    boolean hasSent() {
      return said.contains("after SendMessage") || said.contains("after ReceiveMessage");
    }

    String job() {
      return said.stream()
          .filter(line -> line.startsWith("job "))
          .map(line -> line.substring("job ".length()))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void wherever_a_process_ends_nobody_is_lost_and_nobody_is_there_twice() throws Exception {
    Run whole = run(0);
    assertThat(whole.status()).as("%s", whole.said()).isZero();
    assertThat(whole.steps())
        .startsWith("before TransactWriteItems", "after TransactWriteItems")
        .contains("after SendMessage")
        .containsSubsequence(
            "after ReceiveMessage",
            "after TransactWriteItems",
            "after PutItem",
            "after DeleteMessage")
        .hasSize(7);

    List<Run> runs = killed(whole.steps().size());
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      assertThat(run.status()).as("%s", run.said()).isEqualTo(KILLED);
      assertThat(run.steps()).hasSize(i + 1);
    }
    twoAtOnce(runs.stream().<Callable<Run>>map(run -> () -> everybodyIsThereOnce(run)).toList());
  }

  private List<Run> killed(int steps) throws Exception {
    return twoAtOnce(
        IntStream.rangeClosed(1, steps).<Callable<Run>>mapToObj(step -> () -> run(step)).toList());
  }

  private static <T> List<T> twoAtOnce(List<Callable<T>> work) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<T> result : threads.invokeAll(work)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private Run run(int step) throws IOException, InterruptedException {
    Path data = folder.resolve("data-" + step);
    Path out = folder.resolve("out-" + step);
    Process process =
        ChildProcess.start(HaltingChild.class, out, data.toString(), Integer.toString(step));
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(data, process.exitValue(), Files.readAllLines(out));
  }

  private static Run everybodyIsThereOnce(Run run) throws InterruptedException {
    String where = run.steps().getLast();
    try (ServiceFixture service = ServiceFixture.start(run.data())) {
      NodePeople people = new NodePeople(service.credentials());
      if (run.hasWritten()) {
        assertThat(people.known("ann")).as(where).isEqualTo(1);
      }
      if (run.hasSent()) {
        await(where, () -> people.state(run.job()).equals("done"));
        assertThat(people.known("bob")).as(where).isEqualTo(1);
      }
      for (String person : List.of("ann", "bob")) {
        assertThat(people.enrol(person, 1).status()).as(where).isEqualTo(200);
        assertThat(people.enrol(person, 3).body().path("message").asText())
            .as(where)
            .isEqualTo("User Already Enrolled");
        assertThat(people.known(person)).as(where).isEqualTo(1);
      }
      assertThat(new CommandRunner(run.data()).json("dlq", "list")).as(where).isEmpty();
    }
    return run;
  }

  private static void await(String where, BooleanSupplier reached) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as(where).isLessThan(end);
      Thread.sleep(50);
    }
  }
}
