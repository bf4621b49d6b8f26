package dev.facet.api.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.http.Reply;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.faults.CallerFault.AuthenticationFailed;
import dev.facet.core.faults.CallerFault.DuplicateRequest;
import dev.facet.core.faults.CallerFault.EnrolmentFailed;
import dev.facet.core.faults.CallerFault.GalleryFull;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.MultipleFaces;
import dev.facet.core.faults.CallerFault.NoFace;
import dev.facet.core.faults.CallerFault.PoorQuality;
import dev.facet.core.faults.CallerFault.SubjectNotFound;
import dev.facet.core.faults.CallerFault.UndecryptablePayload;
import dev.facet.core.faults.Fault;
import dev.facet.core.faults.InternalFault;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.jobs.JobState;
import dev.facet.core.payload.PayloadContext.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts results and faults to {@code /node} responses, in the schemas of openapi.yaml. */
final class NodeReplies {

  private static final int DECIMALS = 6;
  private static final String NOBODY = "-1";

  private NodeReplies() {}

  /** Converts a fault to a {@code /node} response; no other method does. */
  static Reply to(Fault fault) {
    return switch (fault) {
      case InvalidRequest invalid -> refused(400, -2, invalid.reason());
      case UndecryptablePayload payload -> refused(400, -2, payload.reason());
      case GalleryFull full -> refused(400, -2, full.reason());
      case NoFace none -> refused(400, -2, none.reason());
      case PoorQuality poor -> refused(400, -2, poor.reason());
      case MultipleFaces several -> refused(400, -2, several.reason());
      case EnrolmentFailed failed -> refused(400, 152, failed.reason());
      case AuthenticationFailed failed -> refused(400, 153, failed.reason());
      case SubjectNotFound unknown -> refused(400, 400, "delete failed");
      case DuplicateRequest duplicate -> refused(409, -2, "Idempotency-Key reused");
      case TransientFault passing -> refused(500, -1, "The work could not be done in time.");
      case InternalFault ours -> refused(500, -1, "Internal server error");
    };
  }

  /** Returns {@code {status, message}}. */
  static Reply refused(int httpStatus, int status, String message) {
    return Reply.of(httpStatus, object(status, message));
  }

  /** Returns {@code {status: 0, message: "API Key is valid"}}. */
  static Reply keyIsValid() {
    return Reply.of(200, object(0, "API Key is valid"));
  }

  /** Returns {@code {status: 200, message: "delete successful"}}. */
  static Reply deleted() {
    return Reply.of(200, object(200, "delete successful"));
  }

  /** Returns {@code {status: -2, message: "Missing PUID."}} with the vendor's HTTP status 500. */
  static Reply missingPuid() {
    return refused(500, -2, "Missing PUID.");
  }

  /** Returns {@code {status: 1, message, job_id}}. */
  static Reply queued(String jobId) {
    return Reply.of(202, object(1, "Enrollment queued").put("job_id", jobId));
  }

  /** Returns {@code {status: -1, message, job_id}} with 500, for clients that do not handle 202. */
  static Reply queuedAsFailure(String jobId) {
    return Reply.of(500, object(-1, "Enrollment queued").put("job_id", jobId));
  }

  /** Returns the body that the enrolment would have had, plus {@code state} and {@code job_id}. */
  static Reply job(PayloadFormat dialect, String jobId, JobState job) {
    return switch (job) {
      case JobState.Queued _ -> state("queued", jobId, object(1, "Enrollment queued"));
      case JobState.Done(var answer) -> state("done", jobId, enrolled(dialect, answer).body());
      case JobState.Refused(var fault) -> state("refused", jobId, to(fault).body());
      case JobState.Dead _ -> state("dead", jobId, object(-1, "Enrollment failed for now"));
      case JobState.Expired _ -> state("expired", jobId, object(-1, "Job expired"));
    };
  }

  private static Reply state(String state, String jobId, @Nullable JsonNode body) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    if (body instanceof ObjectNode said) {
      told.setAll(said);
    }
    return Reply.of(200, told.put("state", state).put("job_id", jobId));
  }

  /** Returns {@code {status: 0, message, puid, guid, enroll_level}}, with a score if encrypted. */
  static Reply enrolled(PayloadFormat dialect, Enrolled answer) {
    Person person = answer.person();
    ObjectNode body =
        switch (dialect) {
          case PayloadFormat.Plain _ ->
              object(0, answer.known() ? "User Already Enrolled" : "Ok").put("statusCode", 200);
          case PayloadFormat.Encrypted _ -> object(0, "ok").put("score", score(person));
        };
    return Reply.of(200, named(body.put("enroll_level", 1), dialect, person));
  }

  /** Returns {@code {status: 0, message: "ok", puid, guid, enroll_level, score}}, or no match. */
  static Reply recognised(PayloadFormat dialect, List<Person> people) {
    if (people.isEmpty()) {
      return nobody(dialect);
    }
    Person person = people.getFirst();
    ObjectNode body = said(dialect, 0, "ok").put("enroll_level", 1).put("score", score(person));
    return Reply.of(200, named(body, dialect, person));
  }

  /** Returns {@code {status: 0, message: "ok", PI_list: [{puid, guid, score}]}}, or no match. */
  static Reply candidates(PayloadFormat dialect, List<Person> people) {
    if (people.isEmpty()) {
      return nobody(dialect);
    }
    ObjectNode body = said(dialect, 0, "ok");
    ArrayNode list = body.putArray("PI_list");
    for (Person person : people) {
      named(list.addObject(), dialect, person).put("score", score(person));
    }
    return Reply.of(200, body);
  }

  private static Reply nobody(PayloadFormat dialect) {
    return Reply.of(
        200,
        said(dialect, -1, "User not enrolled")
            .put("puid", NOBODY)
            .put("guid", NOBODY)
            .put("score", NOBODY));
  }

  private static ObjectNode said(PayloadFormat dialect, int status, String message) {
    ObjectNode body = object(status, message);
    return switch (dialect) {
      case PayloadFormat.Plain _ -> body.put("statusCode", 200);
      case PayloadFormat.Encrypted _ -> body;
    };
  }

  private static ObjectNode named(ObjectNode body, PayloadFormat dialect, Person person) {
    return body.put("puid", dialect.shown(person.puid(), Field.PUID))
        .put("guid", dialect.shown(person.guid(), Field.GUID));
  }

  /** Returns the distance with at most six decimals; 0 for the same vector. */
  private static BigDecimal score(Person person) {
    return BigDecimal.valueOf(person.distance())
        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros();
  }

  private static ObjectNode object(int status, String message) {
    return JsonNodeFactory.instance.objectNode().put("status", status).put("message", message);
  }
}
