package dev.facet.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.core.faces.Box;
import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceAttributes;
import dev.facet.core.faces.Point;
import dev.facet.core.subjects.SubjectId;
import java.util.List;
import java.util.TreeMap;

/** Converts answers of the face service to {@code /v1} bodies, in the schemas of openapi.yaml. */
public final class V1Bodies {

  private V1Bodies() {}

  /** Returns {@code {id, attributes}}. */
  public static JsonNode subject(FaceAnswer.Registered registered) {
    return object()
        .put("id", registered.subject().value())
        .set("attributes", attributes(registered.attributes()));
  }

  /** Returns {@code {faces: [{attributes}]}}. */
  public static JsonNode faces(List<FaceAttributes> faces) {
    ObjectNode body = object();
    ArrayNode list = body.putArray("faces");
    faces.forEach(face -> list.addObject().set("attributes", attributes(face)));
    return body;
  }

  /** Returns {@code {candidates: [{id, score}], attributes}}. */
  public static JsonNode candidates(FaceAnswer.Found found) {
    ObjectNode body = object();
    ArrayNode list = body.putArray("candidates");
    found.candidates().forEach(it -> list.add(match(it.subject(), it.score())));
    return body.set("attributes", attributes(found.attributes()));
  }

  /** Returns {@code {id, score}}. */
  public static JsonNode match(SubjectId subject, int score) {
    return object().put("id", subject.value()).put("score", score);
  }

  private static ObjectNode attributes(FaceAttributes seen) {
    ObjectNode attributes = object();
    attributes.set("faceArea", area(seen.faceArea()));
    attributes.set("headArea", area(seen.headArea()));
    attributes.set("rightEyeCenter", position(seen.rightEye()));
    attributes.set("leftEyeCenter", position(seen.leftEye()));
    attributes
        .put("frontalFaceScore", DecimalText.text(seen.frontalFaceScore()))
        .put("faceRoll", DecimalText.text(seen.roll()))
        .put("facePan", DecimalText.text(seen.pan()))
        .put("faceTilt", DecimalText.text(seen.tilt()))
        .put("faceScore", DecimalText.text(seen.faceScore()))
        .put("faceQualityScore", DecimalText.text(seen.quality()));
    if (seen.components() != null) {
      new TreeMap<>(seen.components())
          .forEach((name, value) -> attributes.put(name, DecimalText.text(value)));
    }
    return attributes;
  }

  private static ObjectNode area(Box box) {
    return object()
        .put("left", DecimalText.text(box.left()))
        .put("top", DecimalText.text(box.top()))
        .put("right", DecimalText.text(box.right()))
        .put("bottom", DecimalText.text(box.bottom()));
  }

  private static ObjectNode position(Point point) {
    return object().put("x", DecimalText.text(point.x())).put("y", DecimalText.text(point.y()));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
