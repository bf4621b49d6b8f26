package dev.facet.local.service;

import static dev.facet.core.fakes.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.local.service.ServiceFixture.Caller;
import dev.facet.local.service.ServiceFixture.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) while four callers register people one after another. */
class CrashIT {

  private static final int CALLERS = 4;

  /** Nothing here takes as long; what does has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private final Map<String, String> answered = new ConcurrentHashMap<>();
  private final AtomicInteger people = new AtomicInteger();

  @Test
  void what_was_answered_before_a_kill_is_there_after_it() throws Exception {
    registerUntilKilled(15);
    registerUntilKilled(40);

    try (ServiceFixture again = ServiceFixture.start(folder.resolve("data"))) {
      Caller caller = again.caller();
      for (Map.Entry<String, String> subject : answered.entrySet()) {
        Reply verified = caller.verify(subject.getKey(), photo(subject.getValue() + "/2"));
        assertThat(verified.status())
            .as("%s: %s", subject.getValue(), verified.body())
            .isEqualTo(200);
      }
      assertThat(caller.register(photo("afterwards/1")).status()).isEqualTo(201);
    }
  }

  private void registerUntilKilled(int enough) throws Exception {
    Path out = folder.resolve("until-" + enough);
    Process process = ChildProcess.start(CrashChild.class, out, folder.resolve("data").toString());
    List<Thread> callers = new ArrayList<>();
    try {
      await(process, () -> read(out).startsWith("ready"));
      Credentials credentials =
          Credentials.file(folder.resolve("data/credentials.json")).read().orElseThrow();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Thread.ofVirtual().start(() -> register(credentials)));
      }
      await(process, () -> answered.size() >= enough);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    for (Thread caller : callers) {
      assertThat(caller.join(PATIENCE)).isTrue();
    }
  }

  private static void await(Process process, BooleanSupplier reached) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(process.isAlive()).as("the service lives").isTrue();
      assertThat(System.nanoTime()).as("not for ever").isLessThan(end);
      Thread.sleep(1);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** Goes on until a request fails, as all do once the service is dead. */
  private void register(Credentials credentials) {
    Caller caller = new Caller(ServiceFixture.client(credentials));
    try {
      while (true) {
        String person = "person-" + people.incrementAndGet();
        Reply reply = caller.register(photo(person + "/1"));
        if (reply.status() == 201) {
          answered.put(reply.id(), person);
        }
      }
    } catch (RuntimeException killed) {
      // what this one asked for was not answered
    }
  }
}
