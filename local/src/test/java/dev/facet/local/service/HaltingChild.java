package dev.facet.local.service;

import dev.facet.core.embeddings.MatchingRules;
import dev.facet.local.chaos.Chaos;
import dev.facet.local.chaos.RandomFaults;
import dev.facet.spec.NodeAuth;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * A service in a process of its own that enrols Ann at once and Bob through the queue, and does not
 * survive a certain step of it.
 */
final class HaltingChild {

  private HaltingChild() {}

  /** Serves on the data folder that the first argument names; the second is the step. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(1);
        });
    Halting halting = new Halting(Integer.parseInt(arguments[1]));
    BobIsQueued queued = new BobIsQueued(halting);
    ServiceFixture service =
        ServiceFixture.start(
            ServiceFixture.options(Path.of(arguments[0]), false, false, node(queued)),
            ServiceFixture.fakes(),
            new PrintStream(PrintStream.nullOutputStream()));
    NodePeople people = new NodePeople(service.credentials());
    System.out.println(people.enrol("ann", 1).body().path("message").asText());
    queued.begin();
    System.out.println(people.enrol("bob", 1).body().path("message").asText());
    while (!halting.isFinished()) {
      Thread.sleep(10);
    }
    System.out.println("complete");
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static NodeOptions node(Chaos chaos) {
    return new NodeOptions(NodeAuth.SIGV4, 0, MatchingRules.DEFAULT, Duration.ofSeconds(3), chaos);
  }

  /** From {@link #begin} on until a message is sent, an enrolment can't be begun. */
  private static final class BobIsQueued implements Chaos {
    private final Halting halting;
    private final Chaos chaos;
    private volatile boolean begun;

    BobIsQueued(Halting halting) {
      this.halting = halting;
      Chaos refused = new RandomFaults(1, 0, new Random(7));
      this.chaos = new OperationsUnreadable(refused, () -> begun && !halting.hasSent());
    }

    void begin() {
      begun = true;
    }

    @Override
    public SdkResponse around(SdkRequest request, Supplier<SdkResponse> call) {
      return chaos.around(request, () -> halting.around(request, call));
    }
  }
}
