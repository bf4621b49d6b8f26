package dev.facet.local.service;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A service in a process of its own, to be killed; its credentials are in its data folder. */
final class CrashChild {

  private CrashChild() {}

  /** Serves on the data folder that the argument names, until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> Runtime.getRuntime().halt(1));
    ServiceFixture.start(
        ServiceFixture.options(Path.of(arguments[0]), true, false), ServiceFixture.fakes());
    System.out.println("ready");
    new CountDownLatch(1).await();
  }
}
