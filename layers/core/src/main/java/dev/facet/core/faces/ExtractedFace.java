package dev.facet.core.faces;

import dev.facet.core.gallery.Template;

/**
 * One face with its attributes and template.
 *
 * @param attributes the visible attributes
 * @param weakness the component that lowers its quality most: sharpness, exposure, pose or size
 * @param template its embedding, in the space of the extractor's bundle
 */
public record ExtractedFace(FaceAttributes attributes, String weakness, Template template) {}
