package dev.facet.api.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.api.http.ApiResponse;
import dev.facet.core.faces.FaceAnswer.Enrolled;
import dev.facet.core.faces.FaceAnswer.Person;
import dev.facet.core.faults.BundleUnavailable;
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
import dev.facet.core.faults.StorageUnavailable;
import dev.facet.core.faults.TransientFault;
import dev.facet.core.jobs.JobState;
import dev.facet.core.payload.PayloadContext.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts results and faults to {@code /node} responses, in the schemas of openapi.yaml. */
final class NodeResponses {

  private static final int MAX_DECIMALS = 6;
  private static final String NO_MATCH = "-1";

  private NodeResponses() {}

  /** Converts a fault to a {@code /node} response; no other method does. */
  static ApiResponse to(Fault fault) {
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
      case TransientFault busy when busy.kind() == TransientFault.Kind.NO_CAPACITY ->
          refused(503, -1, "Service busy").asBusy();
      case TransientFault passing -> refused(500, -1, "The work could not be done in time.");
      case StorageUnavailable full -> refused(500, -1, full.reason());
      case BundleUnavailable missing -> refused(500, -1, missing.reason());
      case InternalFault ours -> refused(500, -1, "Internal server error");
    };
  }

  /** Returns {@code {status, message}}. */
  static ApiResponse refused(int httpStatus, int status, String message) {
    return ApiResponse.of(httpStatus, object(status, message));
  }

  /** Returns {@code {status: 0, message: "API Key is valid"}}. */
  static ApiResponse keyIsValid() {
    return ApiResponse.of(200, object(0, "API Key is valid"));
  }

  /** Returns {@code {status: 200, message: "delete successful"}}. */
  static ApiResponse deleted() {
    return ApiResponse.of(200, object(200, "delete successful"));
  }

  /** Returns {@code {status: -2, message: "Missing PUID."}} with the vendor's HTTP status 500. */
  static ApiResponse missingPuid() {
    return refused(500, -2, "Missing PUID.");
  }

  /** Returns {@code {status: 1, message, job_id}}. */
  static ApiResponse queued(String jobId) {
    return ApiResponse.of(202, object(1, "Enrollment queued").put("job_id", jobId));
  }

  /** Returns {@code {status: -1, message, job_id}} with 500, for clients that do not handle 202. */
  static ApiResponse queuedAsFailure(String jobId) {
    return ApiResponse.of(500, object(-1, "Enrollment queued").put("job_id", jobId));
  }

  /**
   * Returns {@code {status: -1, message, job_id}} with 500: the queue did not answer and may have
   * taken the enrolment.
   */
  static ApiResponse perhapsQueued(String jobId) {
    return ApiResponse.of(500, object(-1, "Enrollment may be queued").put("job_id", jobId));
  }

  /** Returns the body that the enrolment would have had, plus {@code state} and {@code job_id}. */
  static ApiResponse job(PayloadFormat format, String jobId, JobState job) {
    return switch (job) {
      case JobState.Queued _ -> state("queued", jobId, object(1, "Enrollment queued"));
      case JobState.Done(var answer) -> state("done", jobId, enrolled(format, answer).body());
      case JobState.Refused(var fault) -> state("refused", jobId, to(fault).body());
      case JobState.Dead _ -> state("dead", jobId, object(-1, "Enrollment failed for now"));
      case JobState.Expired _ -> state("expired", jobId, object(-1, "Job expired"));
    };
  }

  private static ApiResponse state(String state, String jobId, @Nullable JsonNode body) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    if (body instanceof ObjectNode properties) {
      response.setAll(properties);
    }
    return ApiResponse.of(200, response.put("state", state).put("job_id", jobId));
  }

  /** Returns {@code {status: 0, message, puid, guid, enroll_level}}, with a score if encrypted. */
  static ApiResponse enrolled(PayloadFormat format, Enrolled answer) {
    Person person = answer.person();
    ObjectNode body =
        switch (format) {
          case PayloadFormat.Plain _ ->
              object(0, answer.known() ? "User Already Enrolled" : "Ok").put("statusCode", 200);
          case PayloadFormat.Encrypted _ -> object(0, "ok").put("score", score(person));
        };
    return ApiResponse.of(200, identified(body.put("enroll_level", 1), format, person));
  }

  /** Returns {@code {status: 0, message: "ok", puid, guid, enroll_level, score}}, or no match. */
  static ApiResponse recognised(PayloadFormat format, List<Person> people) {
    if (people.isEmpty()) {
      return noMatch(format);
    }
    Person person = people.getFirst();
    ObjectNode body = message(format, 0, "ok").put("enroll_level", 1).put("score", score(person));
    return ApiResponse.of(200, identified(body, format, person));
  }

  /** Returns {@code {status: 0, message: "ok", PI_list: [{puid, guid, score}]}}, or no match. */
  static ApiResponse candidates(PayloadFormat format, List<Person> people) {
    if (people.isEmpty()) {
      return noMatch(format);
    }
    ObjectNode body = message(format, 0, "ok");
    ArrayNode list = body.putArray("PI_list");
    for (Person person : people) {
      identified(list.addObject(), format, person).put("score", score(person));
    }
    return ApiResponse.of(200, body);
  }

  private static ApiResponse noMatch(PayloadFormat format) {
    return ApiResponse.of(
        200,
        message(format, -1, "User not enrolled")
            .put("puid", NO_MATCH)
            .put("guid", NO_MATCH)
            .put("score", NO_MATCH));
  }

  private static ObjectNode message(PayloadFormat format, int status, String message) {
    ObjectNode body = object(status, message);
    return switch (format) {
      case PayloadFormat.Plain _ -> body.put("statusCode", 200);
      case PayloadFormat.Encrypted _ -> body;
    };
  }

  private static ObjectNode identified(ObjectNode body, PayloadFormat format, Person person) {
    return body.put("puid", format.shown(person.puid(), Field.PUID))
        .put("guid", format.shown(person.guid(), Field.GUID));
  }

  /** Returns the distance with at most six decimals; 0 for the same vector. */
  private static BigDecimal score(Person person) {
    return BigDecimal.valueOf(person.distance())
        .setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros();
  }

  private static ObjectNode object(int status, String message) {
    return JsonNodeFactory.instance.objectNode().put("status", status).put("message", message);
  }
}
