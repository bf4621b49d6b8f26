package dev.facet.core.faces;

import dev.facet.core.retry.Deadline;
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
   * @param deadline is checked before each stage of the work
   * @return at least one face
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the image can't be decoded, is
   *     truncated or too large
   * @throws dev.facet.core.faults.CallerFault.NoFace if the image shows no face
   * @throws dev.facet.core.faults.TransientFault TIMEOUT if the deadline passes
   */
  List<FaceAttributes> describe(byte[] image, int limit, Deadline deadline);

  /**
   * Describes all faces, with the components of their quality if this extractor measures them.
   * Arguments and faults are those of {@link #describe}.
   */
  default List<FaceAttributes> describeWithComponents(byte[] image, int limit, Deadline deadline) {
    return describe(image, limit, deadline);
  }

  /** Describes all faces without a deadline. */
  default List<FaceAttributes> describe(byte[] image, int limit) {
    return describe(image, limit, Deadline.NONE);
  }

  /**
   * Returns the one prominent face, with its template. A second face is prominent when the height
   * of its box is at least 0.75 × the largest's and its faceScore is at least 0.7.
   *
   * @param deadline is checked before each stage of the work
   * @throws dev.facet.core.faults.CallerFault.InvalidRequest if the image can't be decoded, is
   *     truncated or too large
   * @throws dev.facet.core.faults.CallerFault.NoFace if the image shows no face
   * @throws dev.facet.core.faults.CallerFault.MultipleFaces if several faces are prominent
   * @throws dev.facet.core.faults.TransientFault TIMEOUT if the deadline passes
   */
  ExtractedFace single(byte[] image, Deadline deadline);

  /** Returns the one prominent face without a deadline. */
  default ExtractedFace single(byte[] image) {
    return single(image, Deadline.NONE);
  }

  /** Returns the id of the model bundle. Templates of different bundles are not comparable. */
  String bundleId();
}
