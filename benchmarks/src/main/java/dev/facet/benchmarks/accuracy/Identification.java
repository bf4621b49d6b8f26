package dev.facet.benchmarks.accuracy;

import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.Fault;
import dev.facet.core.gallery.Template;
import dev.facet.core.bundle.ScoreMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One photo of each person enrolled, all others searched for.
 *
 * @param refused photos that were refused, by file name, and why
 * @param probes the others that are not enrolled
 */
record Identification(Map<String, String> refused, List<Probe> probes) {

  /** Which of a person's photos is enrolled. */
  private static final String ENROLLED = "_0002.jpg";

  /**
   * A search's outcome.
   *
   * @param first whether the person's own template is the most similar one
   * @param mate the score against the person's own
   * @param impostors the scores against all others
   */
  record Probe(boolean first, int mate, List<Integer> impostors) {}

  /**
   * Enrols and searches.
   *
   * @param photos of people, one folder each
   * @throws IOException if a photo can't be read
   */
  static Identification of(List<Path> photos, FaceExtractor extractor, ScoreMap scores)
      throws IOException {
    Map<String, Template> enrolled = new TreeMap<>();
    Map<String, String> refused = new TreeMap<>();
    List<Probe> probes = new ArrayList<>();
    for (Path photo : photos) {
      if (isEnrolled(photo)) {
        enrolled.put(person(photo), extractor.single(Files.readAllBytes(photo)).template());
      }
    }
    for (Path photo : photos) {
      if (!isEnrolled(photo)) {
        try {
          Template probe = extractor.single(Files.readAllBytes(photo)).template();
          probes.add(search(person(photo), probe, enrolled, scores));
        } catch (Fault fault) {
          refused.put(name(photo), fault.getClass().getSimpleName());
        }
      }
    }
    return new Identification(refused, probes);
  }

  private static Probe search(
      String person, Template probe, Map<String, Template> enrolled, ScoreMap scores) {
    double mate = -1;
    double best = -1;
    List<Integer> impostors = new ArrayList<>();
    for (Map.Entry<String, Template> entry : enrolled.entrySet()) {
      double similarity = cosine(probe.vector(), entry.getValue().vector());
      if (entry.getKey().equals(person)) {
        mate = similarity;
      } else {
        impostors.add(scores.score(similarity));
        best = Math.max(best, similarity);
      }
    }
    return new Probe(mate > best, scores.score(mate), impostors);
  }

  /** How many probes have their own person first. */
  long first() {
    return probes.stream().filter(Probe::first).count();
  }

  /** How many mates reach a score. */
  long matesAt(int score) {
    return probes.stream().filter(probe -> probe.mate() >= score).count();
  }

  /** How many comparisons with others reach a score. */
  long impostorsAt(int score) {
    return probes.stream()
        .flatMap(probe -> probe.impostors().stream())
        .filter(other -> other >= score)
        .count();
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static boolean isEnrolled(Path photo) {
    return name(photo).endsWith(ENROLLED);
  }

  private static String person(Path photo) {
    return String.valueOf(photo.getParent());
  }

  private static String name(Path photo) {
    return String.valueOf(photo.getFileName());
  }
}
