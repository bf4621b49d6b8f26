package dev.facet.cli.doctor.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facet.cli.doctor.Check;
import dev.facet.cli.doctor.Diagnosis;
import dev.facet.cli.doctor.NotReadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks that failed enrolments reach the dead-letter queue, and that none waits too long. */
public record Queues(StackPort stack, StorePort stores, AlarmPort alarms) implements Check {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_RECEIVES = 3;

  /** The age at which an alarm takes the queue for stuck, in seconds. */
  private static final int MAX_AGE = 300;

  /** 14 days, the longest time that SQS keeps messages, in seconds. */
  private static final String RETENTION = "1209600";

  @Override
  public String name() {
    return "queues";
  }

  @Override
  public Diagnosis run() {
    String url = stack.output("EnrolQueue");
    Map<String, String> queue = stores.queue(url);
    Map<String, String> dead = stores.queue(stack.output("DeadLetters"));
    List<String> faults = new ArrayList<>();
    JsonNode redrive = redrive(queue.getOrDefault("RedrivePolicy", "{}"));
    if (!redrive.path("deadLetterTargetArn").asText().equals(dead.get("QueueArn"))) {
      faults.add("failed enrolments do not reach the dead-letter queue");
    } else if (redrive.path("maxReceiveCount").asInt() != MAX_RECEIVES) {
      faults.add("an enrolment is received %s times".formatted(redrive.path("maxReceiveCount")));
    }
    if (!RETENTION.equals(dead.get("MessageRetentionPeriod"))) {
      faults.add("dead letters are kept for %s s".formatted(dead.get("MessageRetentionPeriod")));
    }
    if (!faults.isEmpty()) {
      return Diagnosis.fault(
          String.join("; ", faults), "Deploy again, and change no queue by hand.");
    }
    List<String> warnings = new ArrayList<>();
    double age = alarms.oldestMessage(url.substring(url.lastIndexOf('/') + 1)).orElse(0);
    if (age > MAX_AGE) {
      warnings.add("an enrolment waits for %.0f s".formatted(age));
    }
    String letters = dead.getOrDefault("ApproximateNumberOfMessages", "0");
    if (!letters.equals("0")) {
      warnings.add(letters + " dead letters wait");
    }
    return Diagnosis.warningIfAny(
        warnings, "./facet dlq list --stack NAME shows them.", "no enrolment waits");
  }

  private static JsonNode redrive(String policy) {
    try {
      return JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new NotReadable("the redrive policy is not JSON", e);
    }
  }
}
