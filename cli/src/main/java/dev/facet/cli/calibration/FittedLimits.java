package dev.facet.cli.calibration;

import dev.facet.cli.calibration.DegradedFaces.Condition;
import dev.facet.cli.calibration.DegradedFaces.Face;
import dev.facet.cli.calibration.PhotoSubject.Photo;
import dev.facet.cli.calibration.QualityCurve.Observation;
import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.Measurability.QualityPoint;
import dev.facet.core.gallery.Template;
import dev.facet.core.gallery.Weighing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Quantile;
import org.jspecify.annotations.Nullable;

/**
 * All limits and curves of a bundle, fitted to one set of faces.
 *
 * @param usualNorm the median norm of clean photos
 * @param fullWeightNorm the norm of full weight; absent if similarities are not weighed
 * @param c0 the weighed similarity of score 7000
 * @param gate the limits of the gate
 * @param quality the quality curve
 */
record FittedLimits(
    double usualNorm,
    @Nullable Double fullWeightNorm,
    double c0,
    GateFit.Gate gate,
    List<QualityPoint> quality) {

  /** The share of clean photos whose norm is too low for full weight. */
  private static final double WEIGHED_SHARE = 0.05;

  private static final double ANCHOR_STEP = 0.005;
  private static final int MAX_STEPS = 20;

  FittedLimits {
    quality = List.copyOf(quality);
  }

  /**
   * Fits all limits. The similarity of score 7000 is that of an FMR of 1e-4 on clean photos. It is
   * raised as far as necessary for a gate that bounds the rates of degraded photos, but only in a
   * bundle that weighs similarities: the score map of one that does not stays as it is.
   *
   * @param faces faces of an extractor without a gate; only clean photos and kinds for fitting are
   *     used
   * @param clean clean faces of the same people, possibly of more photos
   * @param weighs whether similarities are weighed
   */
  static FittedLimits fit(DegradedFaces faces, DegradedFaces clean, boolean weighs) {
    double[] norms = norms(clean.clean());
    double usualNorm = rounded(quantile(norms, 0.5));
    Double fullWeightNorm = weighs ? rounded(quantile(norms, WEIGHED_SHARE)) : null;
    Weighing weighing = weighing(fullWeightNorm);
    double anchor =
        Calibrator.anchor(PairSet.among(subjects(clean, clean.clean(), weighing)).impostor());
    GateFit.Gate first = new GateFit(faces, clean.clean(), weighing, anchor, usualNorm).fit();
    GateFit.Gate gate = first;
    double c0 = anchor;
    for (int step = 1; weighs && !gate.bounded() && step <= MAX_STEPS; step++) {
      c0 = Math.round((anchor + step * ANCHOR_STEP) * 1e4) / 1e4;
      gate = new GateFit(faces, clean.clean(), weighing, c0, usualNorm).fit();
    }
    if (!gate.bounded()) {
      c0 = anchor;
      gate = first;
    }
    return new FittedLimits(
        usualNorm, fullWeightNorm, c0, gate, QualityCurve.fit(observations(faces, weighing, c0)));
  }

  static Weighing weighing(@Nullable Double fullWeightNorm) {
    return fullWeightNorm == null ? Weighing.NONE : new Weighing(fullWeightNorm.floatValue());
  }

  Weighing weighing() {
    return weighing(fullWeightNorm);
  }

  Measurability measurability(double lookAgainNorm) {
    return new Measurability(
        fullWeightNorm, lookAgainNorm, gate.minNorm(), gate.minDirectionalSharpness(), quality);
  }

  /** Returns the people of one condition with the templates of their photos. */
  static List<PhotoSubject> subjects(DegradedFaces faces, Condition condition, Weighing weighing) {
    Map<Integer, List<Photo>> photos = new LinkedHashMap<>();
    for (int i = 0; i < faces.owners().size(); i++) {
      Optional<Face> face = condition.faces().get(i);
      if (face.isPresent()) {
        photos
            .computeIfAbsent(faces.owners().get(i), _ -> new ArrayList<>())
            .add(new Photo("photo " + i, face.get().template(), weighing));
      }
    }
    return photos.entrySet().stream()
        .map(entry -> new PhotoSubject(faces.people().get(entry.getKey()), entry.getValue()))
        .toList();
  }

  /** Returns the norms of the faces that were found. */
  static double[] norms(Condition condition) {
    return condition.faces().stream()
        .flatMap(Optional::stream)
        .mapToDouble(face -> face.template().norm())
        .toArray();
  }

  static double quantile(double[] values, double share) {
    return Quantile.withDefaults().evaluate(values, share);
  }

  static double rounded(double norm) {
    return Math.round(norm * 1000) / 1000.0;
  }

  /** Returns each face with the share of the clean photos of the same person that it matches. */
  private static List<Observation> observations(
      DegradedFaces faces, Weighing weighing, double threshold) {
    List<Observation> observations = new ArrayList<>();
    for (Condition condition : faces.conditions()) {
      if (condition.isForFitting()) {
        for (int i = 0; i < faces.owners().size(); i++) {
          observe(faces, condition, i, weighing, threshold).ifPresent(observations::add);
        }
      }
    }
    return observations;
  }

  private static Optional<Observation> observe(
      DegradedFaces faces, Condition condition, int photo, Weighing weighing, double threshold) {
    Optional<Face> face = condition.faces().get(photo);
    if (face.isEmpty()) {
      return Optional.empty();
    }
    Template template = face.get().template();
    int compared = 0;
    int matched = 0;
    for (int i = 0; i < faces.owners().size(); i++) {
      Optional<Face> mate = faces.clean().faces().get(i);
      if (i != photo
          && mate.isPresent()
          && faces.owners().get(i).equals(faces.owners().get(photo))) {
        compared++;
        if (DegradedFaces.similarity(template, mate.get().template(), weighing) >= threshold) {
          matched++;
        }
      }
    }
    return compared == 0
        ? Optional.empty()
        : Optional.of(new Observation(template.norm(), (double) matched / compared));
  }
}
