package dev.facet.local.service;

import dev.facet.local.lambda.isolated.LaunchCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A service in a process of its own, so that all sockets of the process are the service's. */
final class SocketsChild {

  private SocketsChild() {}

  /**
   * Serves until it is killed.
   *
   * @param arguments the data folder, and {@code isolated} or {@code in-process}
   */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> Runtime.getRuntime().halt(1));
    ServiceFixture.start(
        ServiceFixture.options(Path.of(arguments[0]), true, false),
        arguments[1].equals("isolated")
            ? isolated()
            : new FunctionHosting.InProcess(ServiceFixture::fakes),
        System.out);
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  /** Functions that are never invoked here. */
  private static FunctionHosting isolated() {
    LaunchCommand classPath = new LaunchCommand.ClassPath(System.getProperty("java.class.path"));
    return new FunctionHosting.Isolated(
        new BuiltFunctions(classPath, classPath, classPath, List.of(), List.of(Path.of("unused"))),
        "");
  }
}
