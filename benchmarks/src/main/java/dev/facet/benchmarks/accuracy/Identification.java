package dev.facet.benchmarks.accuracy;

import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.faces.FaceExtractor;
import dev.facet.core.faults.Fault;
import dev.facet.core.gallery.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results of an identification test: one photo of each person is enrolled, the others are
 * probes.
 *
 * @param refused the refused photos: file name to type of fault
 * @param probes the results of all other probes
 */
record Identification(Map<String, String> refused, List<Probe> probes) {

  /** The end of the file name of each person's enrolled photo. */
  private static final String ENROLLED = "_0002.jpg";

  /**
   * The result of one search.
   *
   * @param first whether the person's template is the most similar one
   * @param mate the score against the person's template
   * @param impostors the scores against all other templates
   */
  record Probe(boolean first, int mate, List<Integer> impostors) {}

  /**
   * Enrols one photo of each person and searches with the others.
   *
   * @param photos photos of people, one folder for each person
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

  /** Returns the number of probes with the right person at rank 1. */
  long first() {
    return probes.stream().filter(Probe::first).count();
  }

  /** Returns the number of genuine comparisons that reach a score. */
  long genuineAt(int score) {
    return probes.stream().filter(probe -> probe.mate() >= score).count();
  }

  /** Returns the number of impostor comparisons that reach a score. */
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
