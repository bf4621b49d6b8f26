package dev.facet.core.faces;

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
    double quality) {}
