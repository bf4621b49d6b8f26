package dev.facet.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.retry.Deadline;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkerPoolTest {

  private final AtomicInteger made = new AtomicInteger();
  private final WorkerPool<Integer> cores = new WorkerPool<>(2, made::incrementAndGet);

  @AfterEach
  void close() {
    cores.close();
  }

  @Test
  void an_idle_core_helps() {
    Integer mine = cores.take(Deadline.NONE);
    CyclicBarrier meeting = new CyclicBarrier(2);
    int places = cores.both(() -> met(meeting), () -> met(meeting), Integer::sum);
    assertThat(places).isEqualTo(1);
    cores.release(mine);
    assertThat(cores.take(Deadline.NONE) + cores.take(Deadline.NONE))
        .as("both are idle again")
        .isEqualTo(3);
  }

  @Test
  void a_busy_machine_does_one_after_the_other() {
    cores.take(Deadline.NONE);
    cores.take(Deadline.NONE);
    boolean alone = cores.both(Thread::currentThread, Thread::currentThread, (a, b) -> a == b);
    assertThat(alone).isTrue();
  }

  @Test
  void who_waits_for_a_core_waits_until_the_deadline() {
    cores.take(Deadline.NONE);
    cores.take(Deadline.NONE);
    Instant now = Instant.now();
    assertThatThrownBy(() -> cores.take(new Deadline(now.plusMillis(20), () -> now)))
        .isInstanceOfSatisfying(
            TransientFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT));
  }

  @Test
  void what_either_throws_is_thrown() {
    assertThatThrownBy(() -> cores.both(WorkerPoolTest::failing, () -> 1, (a, b) -> b))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> cores.both(() -> 1, WorkerPoolTest::failing, (a, b) -> a))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void nothing_is_being_done_any_more_when_it_is_thrown() {
    AtomicBoolean done = new AtomicBoolean();
    CyclicBarrier begun = new CyclicBarrier(2);
    assertThatThrownBy(
            () ->
                cores.both(
                    () -> {
                      met(begun);
                      return failing();
                    },
                    () -> {
                      met(begun);
                      Thread.yield();
                      done.set(true);
                      return 1;
                    },
                    (a, b) -> b))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(done).isTrue();
  }

  private static int met(CyclicBarrier meeting) {
    try {
      return meeting.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int failing() {
    throw new UnsupportedOperationException();
  }
}
