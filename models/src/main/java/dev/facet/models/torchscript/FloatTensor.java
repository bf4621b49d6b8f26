package dev.facet.models.torchscript;

import java.util.List;

/**
 * A float32 tensor in row-major order: weights.
 *
 * @param shape the dimensions, outermost first
 * @param values the elements, as many as the product of the dimensions; not copied and must not be
 *     changed
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, never compared
public record FloatTensor(List<Long> shape, float[] values) {

  /** Validates that the shape matches the number of values. */
  public FloatTensor {
    shape = List.copyOf(shape);
    long count = shape.stream().reduce(1L, (a, b) -> a * b);
    if (count != values.length) {
      throw new IllegalArgumentException(
          "a tensor of shape %s cannot hold %d values".formatted(shape, values.length));
    }
  }

  /** Returns the distance between neighbouring elements in each dimension. */
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
