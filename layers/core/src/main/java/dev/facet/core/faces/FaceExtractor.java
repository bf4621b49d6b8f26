package dev.facet.core.faces;

import java.util.List;

/**
 * Detects and describes faces in encoded images (JPEG, PNG, BMP, GIF, WebP; EXIF orientation
 * applied). Safe for concurrent use; the same image gives the same result.
 */
public interface FaceExtractor {

  /**
   * Describes all faces, largest first.
   *
   * @param image the encoded image
   * @param limit the maximum number of faces to describe
   * @return at least one face
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the image can't be decoded, is
   *     truncated or too large
   * @throws dev.facet.core.faults.CallerFault.NoFace if the image shows no face
   */
  List<FaceAttributes> describe(byte[] image, int limit);

  /**
   * Returns the one prominent face, with its template. A second face is prominent when the height
   * of its box is at least 0.75 × the largest's and its faceScore is at least 0.7.
   *
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the image can't be decoded, is
   *     truncated or too large
   * @throws dev.facet.core.faults.CallerFault.NoFace if the image shows no face
   * @throws dev.facet.core.faults.CallerFault.MultipleFaces if several faces are prominent
   */
  ExtractedFace single(byte[] image);

  /** Returns the id of the model bundle. Templates of different bundles are not comparable. */
  String bundleId();
}
