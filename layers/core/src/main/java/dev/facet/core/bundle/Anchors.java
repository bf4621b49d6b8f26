package dev.facet.core.bundle;

import java.util.List;
import java.util.stream.IntStream;

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

  /** Those of the first levels. */
  public Anchors upTo(int levels) {
    return new Anchors(
        minSizes.subList(0, levels), steps.subList(0, levels), centreVariance, sizeVariance);
  }

  /** How many there are on a picture of some size. */
  public int count(int width, int height) {
    return IntStream.range(0, steps.size())
        .map(
            level ->
                Math.ceilDiv(width, steps.get(level))
                    * Math.ceilDiv(height, steps.get(level))
                    * minSizes.get(level).size())
        .sum();
  }

  /** How many levels, from the first on, have squares that are no larger than so many pixels. */
  public int levelsUpTo(int size) {
    return (int)
        minSizes.stream().takeWhile(sizes -> sizes.stream().anyMatch(side -> side <= size)).count();
  }
}
