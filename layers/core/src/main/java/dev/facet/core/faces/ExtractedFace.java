package dev.facet.core.faces;

import dev.facet.core.gallery.Template;

/**
 * One face with its attributes and template.
 *
 * @param attributes the visible attributes
 * @param weakness the component that lowers its quality most, or by which it is not measurable
 * @param measurable whether its template can be compared at all, by the gate of the bundle
 * @param directionalSharpness the ratio of the least to the greatest sharpness among the directions
 *     of its aligned picture, 0..1; calibration fits the gate's limit to it
 * @param template its embedding, in the space of the extractor's bundle
 */
public record ExtractedFace(
    FaceAttributes attributes,
    String weakness,
    boolean measurable,
    double directionalSharpness,
    Template template) {

  /** Creates a face that is equally sharp in all directions. */
  public ExtractedFace(
      FaceAttributes attributes, String weakness, boolean measurable, Template template) {
    this(attributes, weakness, measurable, 1, template);
  }
}
