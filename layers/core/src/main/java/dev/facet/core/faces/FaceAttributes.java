package dev.facet.core.faces;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visible attributes of one face. Angles are in degrees; their signs follow NEC ID's samples
 * and are documented in docs/api-v1.md.
 *
 * @param faceArea from forehead to chin, within the image
 * @param headArea the whole head, within the image
 * @param rightEye centre of the <em>subject's</em> right eye, on the image's left
 * @param leftEye centre of the subject's left eye
 * @param frontalFaceScore how far the face looks into the camera, 0..1
 * @param roll in-plane rotation
 * @param pan turn to the side
 * @param tilt turn up or down
 * @param faceScore the detector's confidence that this is a face, 0..1
 * @param quality the likelihood that recognition succeeds, 0..1
 * @param components the components of the quality by their names in openapi.yaml, each 0..1, where
 *     they were asked for
 */
public record FaceAttributes(
    Box faceArea,
    Box headArea,
    Point rightEye,
    Point leftEye,
    double frontalFaceScore,
    double roll,
    double pan,
    double tilt,
    double faceScore,
    double quality,
    @Nullable Map<String, Double> components) {

  /** Copies the components. */
  public FaceAttributes {
    components = components == null ? null : Map.copyOf(components);
  }

  /** Creates attributes without components. */
  public FaceAttributes(
      Box faceArea,
      Box headArea,
      Point rightEye,
      Point leftEye,
      double frontalFaceScore,
      double roll,
      double pan,
      double tilt,
      double faceScore,
      double quality) {
    this(
        faceArea,
        headArea,
        rightEye,
        leftEye,
        frontalFaceScore,
        roll,
        pan,
        tilt,
        faceScore,
        quality,
        null);
  }

  /** Returns these attributes with the components of the quality. */
  public FaceAttributes with(Map<String, Double> measured) {
    return new FaceAttributes(
        faceArea,
        headArea,
        rightEye,
        leftEye,
        frontalFaceScore,
        roll,
        pan,
        tilt,
        faceScore,
        quality,
        measured);
  }
}
