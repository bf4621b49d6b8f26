package dev.facet.models.torchscript;

import java.util.List;

/**
 * Weights: float32 in row-major order.
 *
 * @param shape dimensions, outermost first
 * @param values as many as the dimensions' product; not copied, never to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that nobody compares
public record Tensor(List<Long> shape, float[] values) {

  /** Checks that shape and values agree. */
  public Tensor {
    shape = List.copyOf(shape);
    long count = shape.stream().reduce(1L, (a, b) -> a * b);
    if (count != values.length) {
      throw new IllegalArgumentException(
          "shape %s does not hold %d values".formatted(shape, values.length));
    }
  }

  /** How far apart neighbours lie in each dimension. */
  List<Long> strides() {
    Long[] strides = new Long[shape.size()];
    long step = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= shape.get(i);
    }
    return List.of(strides);
  }
}
