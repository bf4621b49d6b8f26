package dev.facet.cli.calibration;

import dev.facet.cli.calibration.degradation.Degradation;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Weighing;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The faces that one extractor found in photos of people, clean and degraded.
 *
 * @param people the people's names
 * @param owners the index of each photo's person
 * @param conditions the faces by condition, that of clean photos first
 */
public record DegradedFaces(List<String> people, List<Integer> owners, List<Condition> conditions) {

  /** Copies the lists. */
  public DegradedFaces {
    people = List.copyOf(people);
    owners = List.copyOf(owners);
    conditions = List.copyOf(conditions);
  }

  /**
   * A face.
   *
   * @param template its template with the norm
   * @param directionalSharpness 0..1
   * @param quality the extractor's quality, 0..1
   * @param measurable whether it passes the extractor's gate
   */
  public record Face(
      Template template, double directionalSharpness, double quality, boolean measurable) {}

  /**
   * All photos in one condition.
   *
   * @param degradation the degradation; empty for clean photos
   * @param faces the face of each photo; empty where none was found, or several
   */
  public record Condition(Optional<Degradation> degradation, List<Optional<Face>> faces) {

    /** Copies the list. */
    public Condition {
      faces = List.copyOf(faces);
    }

    /** Returns the name of the degradation, or {@code clean}. */
    public String name() {
      return degradation.map(Degradation::name).orElse("clean");
    }

    boolean isMild() {
      return degradation.map(Degradation::mild).orElse(true);
    }

    /** Returns whether a fit may use it: clean photos, and kinds for fitting. */
    boolean isForFitting() {
      return degradation.map(each -> each.purpose() == Degradation.Purpose.FITTING).orElse(true);
    }
  }

  /** A comparison of two faces. */
  interface Comparison {
    void of(int first, Face one, int second, Face other, float similarity);
  }

  /** Returns the clean photos. */
  Condition clean() {
    return conditions.getFirst();
  }

  /** Returns only the photos of some people. */
  DegradedFaces only(Predicate<Integer> chosen) {
    List<Integer> kept =
        IntStream.range(0, owners.size())
            .filter(photo -> chosen.test(owners.get(photo)))
            .boxed()
            .toList();
    return new DegradedFaces(
        people,
        kept.stream().map(owners::get).toList(),
        conditions.stream()
            .map(
                condition ->
                    new Condition(
                        condition.degradation(),
                        kept.stream().map(condition.faces()::get).toList()))
            .toList());
  }

  /**
   * Compares every accepted face of one condition with every accepted face of another, except those
   * of the same photo; within one condition each two photos once.
   */
  void compare(
      Condition some,
      Condition others,
      Predicate<Face> accepted,
      Weighing weighing,
      Comparison comparison) {
    boolean within = some.equals(others);
    for (int i = 0; i < owners.size(); i++) {
      Optional<Face> one = some.faces().get(i).filter(accepted);
      if (one.isPresent()) {
        for (int k = within ? i + 1 : 0; k < owners.size(); k++) {
          Optional<Face> other = others.faces().get(k).filter(accepted);
          if (other.isPresent() && i != k) {
            comparison.of(
                owners.get(i),
                one.get(),
                owners.get(k),
                other.get(),
                similarity(one.get().template(), other.get().template(), weighing));
          }
        }
      }
    }
  }

  static float similarity(Template one, Template other, Weighing weighing) {
    float[] a = one.vector();
    float[] b = other.vector();
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return weighing.similarity((float) dot, one.norm(), other.norm());
  }
}
