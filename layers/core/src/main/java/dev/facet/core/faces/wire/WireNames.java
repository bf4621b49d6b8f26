package dev.facet.core.faces.wire;

import dev.facet.core.applications.Application;
import dev.facet.core.applications.Application.EnrolAnswer;
import dev.facet.core.applications.ApplicationId;
import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.CallContext;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.Point;
import dev.facet.core.faults.Fault;
import dev.facet.core.gallery.Template;
import dev.facet.core.idempotency.OperationId;
import dev.facet.core.subjects.PersonId;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All names in the JSON of commands, answers and faults, written out, so that renaming a class, a
 * record component or an enum constant does not change a format. Names may be added; none may
 * change or go.
 */
final class WireNames {

  /** The kinds of commands. */
  static final Map<String, Class<?>> COMMANDS =
      Map.of(
          "Register", FaceCommand.Register.class,
          "Update", FaceCommand.Update.class,
          "Delete", FaceCommand.Delete.class,
          "Extract", FaceCommand.Extract.class,
          "Search", FaceCommand.Search.class,
          "Verify", FaceCommand.Verify.class,
          "EnrolFeatures", FaceCommand.EnrolFeatures.class,
          "EnrolBatch", FaceCommand.EnrolBatch.class,
          "PredictFeatures", FaceCommand.PredictFeatures.class,
          "DeletePerson", FaceCommand.DeletePerson.class);

  /** The kinds of answers. */
  static final Map<String, Class<?>> ANSWERS =
      Map.of(
          "Registered", FaceAnswer.Registered.class,
          "Deleted", FaceAnswer.Deleted.class,
          "Extracted", FaceAnswer.Extracted.class,
          "Found", FaceAnswer.Found.class,
          "Verified", FaceAnswer.Verified.class,
          "Enrolled", FaceAnswer.Enrolled.class,
          "EnrolledBatch", FaceAnswer.EnrolledBatch.class,
          "Recognised", FaceAnswer.Recognised.class,
          "Forgotten", FaceAnswer.Forgotten.class);

  /** The properties of each record that is written, in the order of its components. */
  private static final Map<Class<?>, List<String>> PROPERTIES =
      Map.ofEntries(
          record(FaceCommand.Register.class, "call", "face"),
          record(FaceCommand.Update.class, "call", "subject", "face"),
          record(FaceCommand.Delete.class, "call", "subject"),
          record(FaceCommand.Extract.class, "call", "faces", "quality"),
          record(FaceCommand.Search.class, "call", "probe", "threshold", "limit"),
          record(FaceCommand.Verify.class, "call", "probe", "subject"),
          record(FaceCommand.EnrolFeatures.class, "call", "version", "templates", "identifier"),
          record(FaceCommand.EnrolBatch.class, "call", "items"),
          record(FaceAnswer.EnrolledBatch.class, "results"),
          record(
              FaceCommand.PredictFeatures.class,
              "call",
              "version",
              "probes",
              "userIdentifier",
              "limit"),
          record(FaceCommand.DeletePerson.class, "call", "version", "puid"),
          record(FaceAnswer.Registered.class, "subject", "attributes"),
          record(FaceAnswer.Deleted.class, "subject"),
          record(FaceAnswer.Extracted.class, "faces"),
          record(FaceAnswer.Found.class, "candidates", "attributes"),
          record(FaceAnswer.Verified.class, "subject", "score"),
          record(FaceAnswer.Enrolled.class, "person", "known"),
          record(FaceAnswer.Recognised.class, "people", "excluded"),
          record(FaceAnswer.Forgotten.class, "puid"),
          record(FaceAnswer.Person.class, "puid", "guid", "distance"),
          record(FaceAnswer.Candidate.class, "subject", "score"),
          record(
              CallContext.class,
              "application",
              "operation",
              "requestDigest",
              "deadline",
              "patience",
              "correlationId"),
          record(
              Application.class,
              "id",
              "qualityFloor",
              "verifyThreshold",
              "keepImages",
              "enrolAnswer",
              "erasingSince"),
          record(ApplicationId.class, "value"),
          record(OperationId.class, "value"),
          record(SubjectId.class, "value"),
          record(ModelVersion.class, "value"),
          record(PersonId.class, "value"),
          record(Template.class, "factor", "vector", "norm"),
          record(
              FaceAttributes.class,
              "faceArea",
              "headArea",
              "rightEye",
              "leftEye",
              "frontalFaceScore",
              "roll",
              "pan",
              "tilt",
              "faceScore",
              "quality",
              "components"),
          record(Box.class, "left", "top", "right", "bottom"),
          record(Point.class, "x", "y"));

  /** The properties that may be null. */
  private static final Map<Class<?>, String> NULLABLE =
      Map.of(
          FaceCommand.EnrolFeatures.class, "identifier",
          FaceCommand.PredictFeatures.class, "userIdentifier");

  /**
   * The properties that messages of older versions lack. They are null, false or {@link
   * Template#UNKNOWN_NORM} then.
   */
  private static final Map<Class<?>, String> OPTIONAL =
      Map.of(
          CallContext.class, "patience",
          Application.class, "erasingSince",
          Template.class, "norm",
          FaceCommand.Extract.class, "quality",
          FaceAttributes.class, "components");

  private WireNames() {}

  /** Returns the kind of a command, an answer or a fault. */
  static String kind(Object message) {
    return switch (message) {
      case FaceCommand<?> command -> kind(COMMANDS, command.getClass());
      case FaceAnswer answer -> kind(ANSWERS, answer.getClass());
      case Fault fault -> FaultWire.kind(fault);
      default -> throw new IllegalArgumentException("no message: " + message.getClass());
    };
  }

  private static String kind(Map<String, Class<?>> kinds, Class<?> type) {
    return kinds.entrySet().stream()
        .filter(kind -> kind.getValue().equals(type))
        .map(Map.Entry::getKey)
        .findAny()
        .orElseThrow(() -> new IllegalStateException(type + " has no kind"));
  }

  /** Returns the properties of a record in the order of its components; null for other types. */
  static @Nullable List<String> properties(Class<?> type) {
    return PROPERTIES.get(type);
  }

  /** Returns whether a property of a record may be null. */
  static boolean isNullable(Class<?> type, String property) {
    return property.equals(NULLABLE.get(type)) || isOptional(type, property);
  }

  /** Returns whether a property of a record may be absent. */
  static boolean isOptional(Class<?> type, String property) {
    return property.equals(OPTIONAL.get(type));
  }

  /** Returns the text of an enum constant; null for constants that are not written. */
  static @Nullable String text(Enum<?> constant) {
    return switch (constant) {
      case EnrolAnswer answer ->
          switch (answer) {
            case AWAIT -> "AWAIT";
            case FAIL -> "FAIL";
          };
      default -> null;
    };
  }

  private static Map.Entry<Class<?>, List<String>> record(Class<?> type, String... properties) {
    if (type.getRecordComponents().length != properties.length) {
      throw new IllegalStateException(type + " has other components than the table of its names");
    }
    return Map.entry(type, List.of(properties));
  }
}
