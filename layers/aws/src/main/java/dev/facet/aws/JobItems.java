package dev.facet.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.wire.FaceWire;
import dev.facet.core.faults.CallerFault;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.jobs.JobId;
import dev.facet.core.jobs.JobState;
import dev.facet.core.jobs.JobState.Dead;
import dev.facet.core.jobs.JobState.Done;
import dev.facet.core.jobs.JobState.Expired;
import dev.facet.core.jobs.JobState.Outcome;
import dev.facet.core.jobs.JobState.Refused;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Job outcomes as items. They contain ids of persons but no templates. */
final class JobItems {

  /** The attribute that marks an outcome as final. */
  static final String FINAL = "final";

  private static final String JOB = "job";
  private static final String STATE = "state";
  private static final String ANSWER = "answer";

  private static final FaceWire WIRE = new FaceWire();

  private JobItems() {}

  /** Returns the fault that a version reads which does not know the state {@code expired}. */
  private static CallerFault expired() {
    return new InvalidRequest("The job expired.");
  }

  static Map<String, AttributeValue> key(JobId id) {
    return Item.key(StoreKeys.job(id), StoreKeys.SINGLE);
  }

  static Map<String, AttributeValue> write(JobId id, Outcome outcome, Instant expires) {
    Item item =
        Item.under(key(id))
            .text(JOB, id.text())
            .flag(FINAL, outcome.isFinal())
            .number(Tables.EXPIRES, expires.getEpochSecond());
    Item whole =
        switch (outcome) {
          case Done(var answer) -> item.text(STATE, "done").text(ANSWER, text(WIRE.encode(answer)));
          case Refused(var fault) ->
              item.text(STATE, "refused").text(ANSWER, text(WIRE.encode(fault)));
          case Expired _ -> item.text(STATE, "expired").text(ANSWER, text(WIRE.encode(expired())));
          case Dead _ -> item.text(STATE, "dead");
        };
    return whole.attributes();
  }

  static boolean isExpired(Map<String, AttributeValue> row, Instant now) {
    return Item.from(row).number(Tables.EXPIRES) <= now.getEpochSecond();
  }

  static Outcome from(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return switch (item.text(STATE)) {
      case "dead" -> new Dead();
      case "expired" -> new Expired();
      default -> answered(item.text(ANSWER));
    };
  }

  private static Outcome answered(String answer) {
    try {
      if (WIRE.decodeAnswer(answer.getBytes(UTF_8)) instanceof Enrolled enrolled) {
        return new JobState.Done(enrolled);
      }
      throw new InternalFault("a job's record holds another answer");
    } catch (CallerFault refusal) {
      return new Refused(refusal);
    }
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }
}
