package dev.facet.core.faces.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Arrays;

/** Converts faults to and from JSON properties, so that the other side can recreate them. */
final class FaultWire {

  private FaultWire() {}

  /** Returns the kind of a fault; it does not change when its class is renamed. */
  static String kind(Fault fault) {
    return switch (fault) {
      case InvalidRequest _ -> "InvalidRequest";
      case NoFace _ -> "NoFace";
      case MultipleFaces _ -> "MultipleFaces";
      case PoorQuality _ -> "PoorQuality";
      case SubjectNotFound _ -> "SubjectNotFound";
      case DuplicateRequest _ -> "DuplicateRequest";
      case GalleryFull _ -> "GalleryFull";
      case UndecryptablePayload _ -> "UndecryptablePayload";
      case EnrolmentFailed _ -> "EnrolmentFailed";
      case AuthenticationFailed _ -> "AuthenticationFailed";
      case TransientFault _ -> "TransientFault";
      case StorageUnavailable _ -> "StorageUnavailable";
      case BundleUnavailable _ -> "BundleUnavailable";
      case InternalFault _ -> "InternalFault";
    };
  }

  static String text(TransientFault.Kind kind) {
    return switch (kind) {
      case THROTTLED -> "THROTTLED";
      case NO_CAPACITY -> "NO_CAPACITY";
      case CONFLICT -> "CONFLICT";
      case UNAVAILABLE -> "UNAVAILABLE";
      case TIMEOUT -> "TIMEOUT";
    };
  }

  private static TransientFault.Kind transientKind(String text) {
    return Arrays.stream(TransientFault.Kind.values())
        .filter(kind -> text(kind).equals(text))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("no kind of transient fault"));
  }

  static ObjectNode value(Fault fault, ObjectNode value) {
    return switch (fault) {
      case InvalidRequest invalid -> value.put("message", invalid.reason());
      case NoFace none -> value;
      case MultipleFaces several -> value;
      case PoorQuality poor -> {
        value
            .put("component", poor.component())
            .put("quality", poor.quality())
            .put("floor", poor.floor());
        // versions without this property read a quality of 0 below a floor of 1
        yield poor.measurable() ? value : value.put("measurable", false);
      }
      case SubjectNotFound unknown -> value;
      case DuplicateRequest duplicate -> value;
      case GalleryFull full -> value.put("maxTemplates", full.maxTemplates());
      case UndecryptablePayload payload -> value.put("message", payload.reason());
      case EnrolmentFailed disagreeing -> value;
      case AuthenticationFailed disagreeing -> value;
      case TransientFault passing ->
          value.put("kind", text(passing.kind())).put("message", passing.reason());
      case StorageUnavailable full -> value.put("message", full.reason());
      case BundleUnavailable missing -> value.put("message", missing.reason());
      case InternalFault ours -> value.put("message", ours.reason());
    };
  }

  static Fault fault(String kind, JsonNode value) {
    String message = value.path("message").asText();
    return switch (kind) {
      case "InvalidRequest" -> new InvalidRequest(message);
      case "NoFace" -> new NoFace();
      case "MultipleFaces" -> new MultipleFaces();
      case "PoorQuality" ->
          value.path("measurable").asBoolean(true)
              ? new PoorQuality(
                  value.path("component").asText(),
                  value.path("quality").asDouble(),
                  value.path("floor").asDouble())
              : PoorQuality.notMeasurable(value.path("component").asText());
      case "SubjectNotFound" -> new SubjectNotFound();
      case "DuplicateRequest" -> new DuplicateRequest();
      case "GalleryFull" -> new GalleryFull(value.path("maxTemplates").asLong());
      case "UndecryptablePayload" -> new UndecryptablePayload(message);
      case "EnrolmentFailed" -> new EnrolmentFailed();
      case "AuthenticationFailed" -> new AuthenticationFailed();
      case "TransientFault" ->
          new TransientFault(transientKind(value.path("kind").asText()), message);
      case "StorageUnavailable" -> new StorageUnavailable(message);
      case "BundleUnavailable" -> new BundleUnavailable(message);
      case "InternalFault" -> new InternalFault(message);
      default -> new InternalFault("Unknown kind of face message.");
    };
  }
}
