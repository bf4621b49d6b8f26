package dev.facet.core.faces;

/** A position in pixels of the upright image; (0, 0) is its upper left corner. */
public record Point(double x, double y) {}
