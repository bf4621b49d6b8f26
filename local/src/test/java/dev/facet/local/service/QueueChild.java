package dev.facet.local.service;

import dev.facet.core.embeddings.MatchingRules;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.gateway.NodeAuth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A service whose galleries hardly ever answer, in a process of its own, to be killed. */
final class QueueChild {

  private QueueChild() {}

  static NodeOptions node(double throttle, double timeout) {
    return new NodeOptions(
        NodeAuth.SIGV4,
        1,
        MatchingRules.DEFAULT,
        Duration.ofSeconds(4),
        new Chaos(throttle, timeout));
  }

  /** Serves on the data folder that the argument names, until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> Runtime.getRuntime().halt(1));
    ServiceUnderTest.start(
        ServiceUnderTest.options(Path.of(arguments[0]), false, false, node(0, 1)),
        ServiceUnderTest.fakes(),
        System.out);
    System.out.println("ready");
    new CountDownLatch(1).await();
  }
}
