package dev.facet.models.onnx;

import java.util.List;

/** A constant of a network: its shape, outermost dimension first, and its values in that order. */
public sealed interface OnnxTensor {

  /** Its dimensions; none for a scalar. */
  List<Long> shape();

  /** Weights. The values are not copied, never to be changed. */
  @SuppressWarnings("ArrayRecordComponent") // megabytes that nobody compares
  record Floats(List<Long> shape, float[] values) implements OnnxTensor {}

  /** Shapes, indices. */
  record Longs(List<Long> shape, List<Long> values) implements OnnxTensor {}
}
