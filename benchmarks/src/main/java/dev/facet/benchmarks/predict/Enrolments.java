package dev.facet.benchmarks.predict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Clients that enrol one new person after another, and a check of the enrolments afterwards. */
record Enrolments(NodeClient client, String version, int dimension) {

  /**
   * The result of a run.
   *
   * @param perSecond enrolments per second
   * @param enrolled people enrolled with a response of 200 {@code Ok}
   * @param rejected the number of other responses
   * @param millis milliseconds of each successful request
   * @param lost people that a prediction does not find under their id
   * @param doubled the number of ids that were assigned twice
   */
  record EnrolmentResult(
      double perSecond, int enrolled, long rejected, List<Double> millis, long lost, int doubled) {
    EnrolmentResult {
      millis = List.copyOf(millis);
    }
  }

  private record Enrolled(String body, NodeClient.Reply reply) {}

  /** Enrols people for a while, then predicts each of them. */
  EnrolmentResult run(int clients, Duration duration) throws InterruptedException {
    List<Enrolled> enrolled = Collections.synchronizedList(new ArrayList<>());
    LongAdder rejected = new LongAdder();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int number = 1; number <= clients; number++) {
        SplittableRandom random = new SplittableRandom(version.hashCode() * 31L + number);
        threads.execute(
            () -> {
              while (System.nanoTime() - start < duration.toNanos()) {
                String body = client.body(version, Crowd.stranger(dimension, random));
                NodeClient.Reply reply = client.enrol(body);
                if (reply.status() == 200 && reply.message().equals("Ok")) {
                  enrolled.add(new Enrolled(body, reply));
                } else {
                  rejected.increment();
                }
              }
            });
      }
      threads.shutdown();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Set<String> ids = new HashSet<>();
    enrolled.forEach(person -> ids.add(person.reply().puid()));
    return new EnrolmentResult(
        enrolled.size() / seconds,
        enrolled.size(),
        rejected.sum(),
        enrolled.stream().map(person -> person.reply().millis()).toList(),
        enrolled.stream().filter(this::isLost).count(),
        enrolled.size() - ids.size());
  }

  private boolean isLost(Enrolled person) {
    return !client.predict(person.body()).puid().equals(person.reply().puid());
  }
}
