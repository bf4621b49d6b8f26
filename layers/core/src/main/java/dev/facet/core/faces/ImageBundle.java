package dev.facet.core.faces;

import dev.facet.core.bundle.Measurability;
import dev.facet.core.bundle.ScoreMap;
import dev.facet.core.gallery.Weighing;
import org.jspecify.annotations.Nullable;

/**
 * A loaded model bundle, with which image galleries are made and searched.
 *
 * @param extractor detects and describes faces
 * @param scores maps the similarities of its templates to scores
 * @param measurability the limits of measurable faces; null if the bundle has none
 */
public record ImageBundle(
    FaceExtractor extractor, ScoreMap scores, @Nullable Measurability measurability) {

  /** Creates a bundle that measures every face and does not weigh similarities. */
  public ImageBundle(FaceExtractor extractor, ScoreMap scores) {
    this(extractor, scores, null);
  }

  /** Returns the bundle's id. */
  public String id() {
    return extractor.bundleId();
  }

  /** Returns the rule by which its similarities are weighed. */
  public Weighing weighing() {
    Double norm = measurability == null ? null : measurability.fullWeightNorm();
    return norm == null ? Weighing.NONE : new Weighing(norm.floatValue());
  }
}
