package dev.facet.local.service;

import dev.facet.core.embeddings.MatchingRules;
import dev.facet.spec.NodeAuth;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A service with the key-only {@code /node}, in a process of its own, to be flooded. */
final class FloodChild {

  private FloodChild() {}

  /** Serves on the data folder that the argument names, until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> Runtime.getRuntime().halt(1));
    NodeOptions node = new NodeOptions(NodeAuth.KEY, 1, MatchingRules.DEFAULT);
    ServiceFixture service =
        ServiceFixture.start(
            ServiceFixture.options(Path.of(arguments[0]), false, false, node),
            ServiceFixture.fakes());
    System.out.println("ready " + service.credentials().endpoint());
    new CountDownLatch(1).await();
  }
}
