package dev.facet.core.bundle;

import java.util.List;

/**
 * Where a detector looks: at every {@code steps[l]} pixels, squares of each of {@code minSizes[l]}
 * pixels. A box's centre is the anchor's plus offset × centreVariance × size, its size the anchor's
 * times exp(offset × sizeVariance) (SSD, Liu et al. 2016).
 *
 * @param minSizes per level the squares' sides in pixels
 * @param steps per level the distance between centres in pixels
 * @param centreVariance scales centre offsets
 * @param sizeVariance scales size offsets
 */
public record Anchors(
    List<List<Integer>> minSizes, List<Integer> steps, double centreVariance, double sizeVariance) {

  /** Checks that levels agree. */
  public Anchors {
    Rules.require(
        minSizes != null && steps != null && !steps.isEmpty() && minSizes.size() == steps.size(),
        "anchors.minSizes and anchors.steps must have one entry a level");
    minSizes = minSizes.stream().map(List::copyOf).toList();
    steps = List.copyOf(steps);
  }
}
