package dev.facet.local.service;

import dev.facet.core.embeddings.MatchingRules;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.chaos.RandomFaults;
import dev.facet.spec.NodeAuth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A service in which no enrolment can be begun, in a process of its own, to be killed. */
final class QueueChild {

  private QueueChild() {}

  /** What {@code chaos} spoils; a worker has 4 s. */
  static NodeOptions node(Chaos chaos) {
    return new NodeOptions(NodeAuth.SIGV4, 0, MatchingRules.DEFAULT, Duration.ofSeconds(4), chaos);
  }

  /** Enrolments can't be begun. */
  static NodeOptions stuck() {
    return node(OperationsUnreadable.always(new RandomFaults(1, 0, new Random(7))));
  }

  /** Serves on the data folder that the argument names, until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> Runtime.getRuntime().halt(1));
    ServiceFixture.start(
        ServiceFixture.options(Path.of(arguments[0]), false, false, stuck()),
        ServiceFixture.fakes(),
        System.out);
    System.out.println("ready");
    new CountDownLatch(1).await();
  }
}
