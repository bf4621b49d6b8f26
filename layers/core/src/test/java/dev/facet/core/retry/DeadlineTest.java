package dev.facet.core.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ReentrantLock lock = new ReentrantLock();

  @Test
  void the_time_left_is_positive() {
    assertThat(in(Duration.ofMillis(1)).left()).isEqualTo(Duration.ofMillis(1));
    assertFault(Kind.TIMEOUT, () -> in(Duration.ZERO).left());
    assertFault(Kind.TIMEOUT, () -> in(Duration.ofMillis(-1)).left());
  }

  @Test
  void a_free_lock_is_acquired() {
    in(Duration.ofSeconds(1)).lock(lock);

    assertThat(lock.isHeldByCurrentThread()).isTrue();
  }

  @Test
  void a_held_lock_is_awaited_until_the_deadline() {
    lock.lock();

    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> assertFault(Kind.TIMEOUT, () -> in(Duration.ofMillis(10)).lock(lock)));
    waiting.join();
  }

  @Test
  void a_pause_does_not_outlast_the_deadline() {
    long begin = System.nanoTime();
    in(Duration.ofMillis(1)).pause(Integer.MAX_VALUE, new Random(7));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));

    assertFault(Kind.TIMEOUT, () -> in(Duration.ZERO).pause(1, new Random(7)));
  }

  @Test
  void an_interrupt_ends_every_wait() {
    Thread.currentThread().interrupt();
    assertFault(Kind.UNAVAILABLE, () -> in(Duration.ofSeconds(9)).lock(lock));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();

    assertFault(Kind.UNAVAILABLE, () -> in(Duration.ofSeconds(9)).pause(9_000, new Random(7)));
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Deadline in(Duration time) {
    return new Deadline(NOW.plus(time), InstantSource.fixed(NOW));
  }

  private static void assertFault(Kind kind, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }
}
