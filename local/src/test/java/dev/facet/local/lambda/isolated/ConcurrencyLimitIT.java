package dev.facet.local.lambda.isolated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import dev.facet.core.faces.RetryingFaceService;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.faults.TransientFault.Kind;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Simultaneous requests in an account with a limit: each occupies a place for its handler, which
 * needs a second one for the face function.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConcurrencyLimitIT {

  private static final int LIMIT = 6;
  private static final SubjectId SUBJECT = new SubjectId("s");

  private final ConcurrencyLimit limit = ConcurrencyLimit.of(LIMIT);

  /** The face function, behind a transport that Lambda may throttle. */
  private final FaceService throttled =
      new FaceService() {
        @Override
        public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
          return limit
              .attempt(() -> command.resultType().cast(new FaceAnswer.Deleted(SUBJECT)))
              .orElseThrow(() -> new TransientFault(Kind.NO_CAPACITY, "429"));
        }
      };

  private final FaceService faces =
      new RetryingFaceService(throttled, InstantSource.system(), Thread::sleep, new Random(7));

  /** Returns the statuses of requests, as many of which as fit are in their handlers at once. */
  private List<Integer> statuses(int requests) throws Exception {
    CountDownLatch arrived = new CountDownLatch(Math.min(requests, LIMIT));
    Semaphore refused = new Semaphore(0);
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        running.add(
            threads.submit(
                () ->
                    limit
                        .attempt(() -> handler(arrived, refused, requests))
                        .orElseGet(
                            () -> {
                              refused.release();
                              return 503;
                            })));
      }
      for (Future<Integer> status : running) {
        statuses.add(status.get());
      }
    }
    return statuses;
  }

  private int handler(CountDownLatch arrived, Semaphore refused, int requests) {
    try {
      arrived.countDown();
      arrived.await();
      refused.acquire(Math.max(0, requests - LIMIT));
      refused.release(Math.max(0, requests - LIMIT));
      CallContext call =
          new CallContext(
              Application.withDefaults(new ApplicationId(new UUID(0, 1))),
              new OperationId("op"),
              "",
              Instant.now().plusSeconds(20),
              "c");
      assertThat(faces.execute(new FaceCommand.Delete(call, SUBJECT)).subject()).isEqualTo(SUBJECT);
      return 200;
    } catch (TransientFault fault) {
      return fault.kind() == Kind.NO_CAPACITY ? 503 : 500;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void requests_below_the_limit_are_answered() throws Exception {
    assertThat(statuses(LIMIT - 1)).hasSize(LIMIT - 1).containsOnly(200);
  }

  /** Nobody gets a second place until one gives up; then the others go on. */
  @Test
  void as_many_requests_as_the_limit_end_without_a_timeout() throws Exception {
    assertThat(statuses(LIMIT))
        .hasSize(LIMIT)
        .contains(503)
        .containsAnyOf(200, 503)
        .doesNotContain(500);
  }

  @Test
  void of_twice_as_many_requests_those_over_the_limit_are_refused_at_once() throws Exception {
    List<Integer> statuses = statuses(2 * LIMIT);
    assertThat(statuses).hasSize(2 * LIMIT).doesNotContain(500);
    assertThat(statuses.stream().filter(status -> status == 503).count())
        .isGreaterThanOrEqualTo(LIMIT + 1);
    assertThat(limit.attempt(() -> "free again")).contains("free again");
  }
}
