package dev.facet.core.faces;

import java.util.List;

/**
 * Sees faces in encoded images (JPEG, PNG, BMP, GIF, WebP; EXIF orientation applied). Safe for
 * concurrent use; the same image gives the same answer.
 */
public interface FaceExtractor {

  /**
   * All faces, largest first.
   *
   * @param image the encoded image
   * @param limit the most faces to describe
   * @return at least one
   * @throws dev.facet.core.faults.InvalidRequest if it is no image, is truncated or too large
   * @throws dev.facet.core.faults.NoFace if there is none
   */
  List<FaceAttributes> describe(byte[] image, int limit);

  /**
   * The one prominent face, with its template. A second face is prominent when its box is at least
   * 0.75 × the largest's height and its faceScore at least 0.7.
   *
   * @throws dev.facet.core.faults.InvalidRequest if it is no image, is truncated or too large
   * @throws dev.facet.core.faults.NoFace if there is none
   * @throws dev.facet.core.faults.MultipleFaces if there are several
   */
  ExtractedFace single(byte[] image);

  /** The id of the model bundle: templates of different bundles mean nothing to each other. */
  String bundleId();
}
