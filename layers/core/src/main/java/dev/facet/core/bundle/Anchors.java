package dev.facet.core.bundle;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The anchor boxes of a detector: at every {@code steps[l]} pixels, squares with sides of {@code
 * minSizes[l]} pixels. A box's centre is the anchor's plus offset × centreVariance × size, and its
 * size is the anchor's times exp(offset × sizeVariance) (SSD, Liu et al. 2016).
 *
 * @param minSizes the squares' sides in pixels, per level
 * @param steps the distance between centres in pixels, per level
 * @param centreVariance scales centre offsets
 * @param sizeVariance scales size offsets
 */
public record Anchors(
    List<List<Integer>> minSizes, List<Integer> steps, double centreVariance, double sizeVariance) {

  /** Checks that both lists have one entry per level. */
  public Anchors {
    Rules.require(
        minSizes != null && steps != null && !steps.isEmpty() && minSizes.size() == steps.size(),
        "anchors.minSizes and anchors.steps must have one entry a level");
    minSizes = minSizes.stream().map(List::copyOf).toList();
    steps = List.copyOf(steps);
  }

  /** Returns the anchors of the first levels. */
  public Anchors upTo(int levels) {
    return new Anchors(
        minSizes.subList(0, levels), steps.subList(0, levels), centreVariance, sizeVariance);
  }

  /** Returns the number of anchors on an image of this size in pixels. */
  public int count(int width, int height) {
    return IntStream.range(0, steps.size())
        .map(
            level ->
                Math.ceilDiv(width, steps.get(level))
                    * Math.ceilDiv(height, steps.get(level))
                    * minSizes.get(level).size())
        .sum();
  }

  /**
   * Returns the number of leading levels that have a square with a side of at most {@code size}
   * pixels.
   */
  public int levelsUpTo(int size) {
    return (int)
        minSizes.stream().takeWhile(sizes -> sizes.stream().anyMatch(side -> side <= size)).count();
  }
}
