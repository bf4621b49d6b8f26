package dev.facet.benchmarks.peers;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a pipeline for a photo.
 *
 * @param millis milliseconds from encoded bytes in memory to the last template
 * @param cpu milliseconds of CPU time on all threads of the process
 * @param stages milliseconds by stage, in order
 * @param faces the detected faces
 */
public record ExtractionResult(
    double millis, double cpu, Map<String, Double> stages, List<Face> faces) {

  /** Copies the list. */
  public ExtractionResult {
    faces = List.copyOf(faces);
  }

  /** Returns the face with the greatest height, if there is any. */
  public Optional<Face> largest() {
    return faces.stream().max(Comparator.comparingDouble(face -> face.box().height()));
  }

  /**
   * A detected face.
   *
   * @param box its position
   * @param score the detector's probability
   * @param template the embedding
   */
  public record Face(Area box, double score, List<Float> template) {
    /** Copies the list. */
    public Face {
      template = List.copyOf(template);
    }
  }
}
