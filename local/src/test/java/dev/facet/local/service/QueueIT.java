package dev.facet.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.local.administration.CommandRunner;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

/** Enrolments in a service with faults: over HTTP, through the queue, past a kill. */
@Timeout(240)
class QueueIT {

  /** Nothing here takes as long; what does has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private static Reply enrol(Credentials credentials, String person) {
    return new NodePeople(credentials).enrol(person, 1);
  }

  private static Reply job(Credentials credentials, String id) {
    return new Caller(ServiceFixture.client(credentials))
        .send("GET", "/node/FACE3_3/enroll/" + id, "");
  }

  private static String state(Credentials credentials, String id) {
    return new NodePeople(credentials).state(id);
  }

  private static void await(BooleanSupplier reached) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not for ever").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static String puid(Reply reply) {
    return reply.body().path("puid").asText();
  }

  @Test
  void with_stores_that_fail_often_every_enrolment_is_accepted_and_done_once() throws Exception {
    Path data = folder.resolve("data");
    int people = 24;
    Set<String> puids = new HashSet<>();
    try (ServiceFixture service =
            ServiceFixture.start(
                ServiceFixture.options(
                    data, false, false, QueueChild.node(Chaos.parse("throttle=0.3,timeout=0.05"))),
                ServiceFixture.fakes());
        ExecutorService callers = Executors.newFixedThreadPool(8)) {
      Credentials credentials = service.credentials();
      List<Future<Reply>> replies =
          callers.invokeAll(
              IntStream.range(0, 2 * people)
                  .<Callable<Reply>>mapToObj(i -> () -> enrol(credentials, "p" + i % people))
                  .toList());
      CommandRunner commands = new CommandRunner(data);
      for (Future<Reply> future : replies) {
        Reply reply = future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply.status()).as(reply.body().toString()).isIn(200, 202);
        puids.add(reply.status() == 200 ? puid(reply) : awaited(credentials, commands, reply));
      }
    }
    assertThat(puids).hasSize(people);
    try (ServiceFixture again = ServiceFixture.start(data)) {
      for (int i = 0; i < people; i++) {
        Reply reply = enrol(again.credentials(), "p" + i);
        assertThat(reply.body().path("message").asText()).isEqualTo("User Already Enrolled");
        assertThat(puids).contains(puid(reply));
      }
    }
  }

  /** Dead letters are given again at once, as their owner would. */
  private static String awaited(Credentials credentials, CommandRunner commands, Reply reply)
      throws InterruptedException {
    String id = reply.body().path("job_id").asText();
    await(
        () -> {
          String state = state(credentials, id);
          if (state.equals("queued")) {
            commands.run("dlq", "replay", "all");
          }
          return state.equals("done");
        });
    return puid(job(credentials, id));
  }

  /** Killed between two deliveries of a job whose request still waits. */
  @Test
  void a_job_survives_a_kill_and_makes_one_subject() throws Exception {
    Path data = folder.resolve("data");
    Path out = folder.resolve("out");
    Process process = ChildProcess.start(QueueChild.class, out, data.toString());
    Thread request;
    try {
      await(() -> !process.isAlive() || read(out).contains("ready"));
      assertThat(process.isAlive()).as(read(folder.resolve("out.errors"))).isTrue();
      Credentials credentials =
          Credentials.file(data.resolve("credentials.json")).read().orElseThrow();
      request = Thread.ofVirtual().start(() -> enrolInVain(credentials));
      await(() -> read(out).contains("\"receive\":1"));
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(request.join(PATIENCE)).isTrue();
    try (ServiceFixture again = ServiceFixture.start(data)) {
      Credentials credentials = again.credentials();
      NodePeople people = new NodePeople(credentials);
      await(() -> people.known("ann") > 0);
      Reply same = enrol(credentials, "ann");
      assertThat(same.body().path("message").asText()).isEqualTo("User Already Enrolled");
      assertThat(people.known("ann")).isEqualTo(1);
    }
  }

  private static void enrolInVain(Credentials credentials) {
    try {
      enrol(credentials, "ann");
    } catch (RuntimeException killed) {
      // nobody answers
    }
  }

  @Test
  void dead_letters_are_listed_replayed_and_purged_with_and_without_a_service() throws Exception {
    Path data = folder.resolve("data");
    CommandRunner commands = new CommandRunner(data);
    String id;
    try (ServiceFixture service =
        ServiceFixture.start(
            ServiceFixture.options(data, false, false, QueueChild.stuck()),
            ServiceFixture.fakes())) {
      Reply accepted = enrol(service.credentials(), "ann");
      assertThat(accepted.status()).isEqualTo(202);
      id = accepted.body().path("job_id").asText();
      await(() -> commands.json("dlq", "list").size() == 1);
      assertThat(state(service.credentials(), id)).isEqualTo("queued");
    }
    JsonNode letter = commands.json("dlq", "show", id);
    assertThat(letter.path("state").asText()).isEqualTo("queued");
    assertThat(Instant.parse(letter.path("replay").asText())).isAfter(Instant.now());
    assertThat(commands.run("dlq", "show", "nobody").err()).contains("There is no dead letter");
    assertThat(commands.run("dlq", "replay", id).status()).isZero();
    assertThat(commands.json("dlq", "list")).isEmpty();
    try (ServiceFixture again = ServiceFixture.start(data)) {
      await(() -> state(again.credentials(), id).equals("done"));
      assertThat(commands.run("dlq", "purge", "all").err()).contains("0 purged.");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
