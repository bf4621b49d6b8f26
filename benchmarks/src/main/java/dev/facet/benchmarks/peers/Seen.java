package dev.facet.benchmarks.peers;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline made of a photo.
 *
 * @param millis from encoded bytes in memory to the last template
 * @param cpu milliseconds of processor time on all of the process's threads
 * @param stages milliseconds of its parts, in their order
 * @param faces what was found
 */
public record Seen(double millis, double cpu, Map<String, Double> stages, List<Face> faces) {

  /** Copies the list. */
  public Seen {
    faces = List.copyOf(faces);
  }

  /** The largest face, if there is any. */
  public Optional<Face> largest() {
    return faces.stream().max(Comparator.comparingDouble(face -> face.box().height()));
  }

  /**
   * One face.
   *
   * @param box where it is
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
