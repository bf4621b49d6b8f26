package dev.facet.local.lambda.isolated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.local.lambda.Lambda.Timeouts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A service with a function's process, to be killed. */
final class Orphans {

  private Orphans() {}

  /** Says what the function answers, then waits. */
  public static void main(String[] arguments) throws InterruptedException {
    IsolatedLambda lambda =
        new IsolatedLambda(InstantSource.system(), UUID::randomUUID, System.err);
    lambda.deploy(
        new FunctionSettings(
            "Trial",
            Trial.class.getName(),
            new LaunchCommand.ClassPath(System.getProperty("java.class.path")),
            List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"),
            Map.of(),
            512,
            new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(60)),
            1));
    System.out.println(new String(lambda.invoke("Trial", "{}".getBytes(UTF_8)), UTF_8));
    Thread.sleep(Duration.ofMinutes(5));
  }
}
