package dev.facet.models.onnx;

import java.util.List;

/** A constant tensor of a network, in row-major order. */
public sealed interface OnnxTensor {

  /** The dimensions, outermost first; empty for a scalar. */
  List<Long> shape();

  /** A float32 tensor: weights. The values are not copied and must not be changed. */
  @SuppressWarnings("ArrayRecordComponent") // megabytes, never compared
  record Floats(List<Long> shape, float[] values) implements OnnxTensor {}

  /** An int8 tensor: quantized weights. The values are not copied and must not be changed. */
  @SuppressWarnings("ArrayRecordComponent") // megabytes, never compared
  record Bytes(List<Long> shape, byte[] values) implements OnnxTensor {}

  /** An int64 tensor: a shape or indices. */
  record Longs(List<Long> shape, List<Long> values) implements OnnxTensor {}
}
