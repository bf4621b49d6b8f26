package dev.facet.local.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.faults.TransientFault;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(log, true, UTF_8);

  @Test
  void closing_waits_for_the_work_and_does_not_interrupt_it() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean(true);
    try (PeriodicTask _ =
        new PeriodicTask(
            "work",
            () -> {
              begun.countDown();
              interrupted.set(Thread.currentThread().isInterrupted());
            },
            out)) {
      begun.await();
    }
    assertThat(interrupted).isFalse();
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  @Test
  void a_failure_is_a_line_of_the_log() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch logged = new CountDownLatch(1);
    OutputStream noticing =
        new OutputStream() {
          @Override
          public void write(int b) {
            log.write(b);
            if (b == '\n') {
              logged.countDown();
            }
          }
        };
    try (PeriodicTask _ =
        new PeriodicTask(
            "work",
            () -> {
              begun.countDown();
              throw new TransientFault(TransientFault.Kind.UNAVAILABLE, "A store is down.");
            },
            new PrintStream(noticing, true, UTF_8))) {
      begun.await();
      logged.await();
    }
    assertThat(log.toString(UTF_8).strip()).isEqualTo("work failed: A store is down.");
  }

  @Test
  void a_failed_run_does_not_stop_the_next() throws Exception {
    CountDownLatch runs = new CountDownLatch(3);
    try (PeriodicTask _ =
        new PeriodicTask(
            "work",
            Duration.ofMillis(1),
            () -> {
              runs.countDown();
              if (runs.getCount() == 2) {
                throw new IllegalStateException("first");
              }
              if (runs.getCount() == 1) {
                throw new LinkageError("second");
              }
            },
            out)) {
      assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(log.toString(UTF_8)).contains("work failed: ", "first", "second");
  }

  @Test
  void what_fails_once_it_is_closed_is_not_worth_a_line() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    PeriodicTask hourly =
        new PeriodicTask(
            "work",
            () -> {
              begun.countDown();
              awaitUninterruptibly(closing);
              throw new IllegalStateException("the store is closed");
            },
            out);
    begun.await();
    Thread closer = Thread.startVirtualThread(hourly::close);
    while (closer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    closing.countDown();
    closer.join();
    assertThat(log.toString(UTF_8)).isEmpty();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
