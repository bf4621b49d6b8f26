package dev.facet.models.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces block-quantized int8 weights by the float32 weights that they stand for: {@code
 * DequantizeLinear} of constants with the attribute {@code block_size} (ONNX operator set 21), and
 * a {@code Reshape} of its result.
 */
public final class QuantizedWeights {

  private final Map<String, OnnxTensor> constants;
  private final Map<String, OnnxTensor> expanded = new HashMap<>();

  private QuantizedWeights(OnnxGraph graph) {
    this.constants = graph.constants();
  }

  /**
   * Returns a graph with the same results and without quantized weights.
   *
   * @throws IllegalArgumentException if a node dequantizes in another way; the message names it
   */
  public static OnnxGraph expand(OnnxGraph graph) {
    QuantizedWeights weights = new QuantizedWeights(graph);
    List<OnnxNode> kept = new ArrayList<>();
    for (OnnxNode node : graph.nodes()) {
      if (!weights.expand(node)) {
        kept.add(node);
      }
    }
    Map<String, OnnxTensor> constants = new HashMap<>(graph.constants());
    constants.putAll(weights.expanded);
    return new OnnxGraph(kept, constants, graph.inputs(), graph.outputs());
  }

  /** Evaluates a node, if its result is a weight, and returns whether it is. */
  private boolean expand(OnnxNode node) {
    if (node.opType().equals("DequantizeLinear")) {
      expanded.put(node.output(), dequantized(node));
      return true;
    }
    if (node.opType().equals("Reshape")
        && expanded.get(node.inputs().getFirst()) instanceof OnnxTensor.Floats weights
        && constants.get(node.inputs().get(1)) instanceof OnnxTensor.Longs shape) {
      expanded.put(node.output(), reshaped(node, weights, shape.values()));
      return true;
    }
    return false;
  }

  private static OnnxTensor.Floats reshaped(
      OnnxNode node, OnnxTensor.Floats weights, List<Long> shape) {
    if (count(shape) != weights.values().length) {
      throw new IllegalArgumentException(
          "%s must have a shape with the %d numbers of its weights, not %s"
              .formatted(node, weights.values().length, shape));
    }
    return new OnnxTensor.Floats(shape, weights.values());
  }

  /** Returns (x − zero point) × scale, where each block of an axis has its own two numbers. */
  private OnnxTensor.Floats dequantized(OnnxNode node) {
    int size = Math.toIntExact(node.integer("block_size", 0));
    if (size < 1
        || node.inputs().size() != 3
        || !(constants.get(node.inputs().get(0)) instanceof OnnxTensor.Bytes quantized)
        || !(constants.get(node.inputs().get(1)) instanceof OnnxTensor.Floats scales)
        || !(constants.get(node.inputs().get(2)) instanceof OnnxTensor.Bytes zeroPoints)) {
      throw new IllegalArgumentException(
          node + " is supported with block_size, int8 weights, scales and zero points only");
    }
    List<Long> shape = quantized.shape();
    int axis = Math.toIntExact(node.integer("axis", 1));
    int length = Math.toIntExact(shape.get(axis));
    int inner = count(shape.subList(axis + 1, shape.size()));
    int blocks = Math.ceilDiv(length, size);
    int expected = count(shape.subList(0, axis)) * blocks * inner;
    if (scales.values().length != expected || zeroPoints.values().length != expected) {
      throw new IllegalArgumentException(
          "%s must have %d scales and zero points".formatted(node, expected));
    }
    float[] values = new float[quantized.values().length];
    for (int i = 0; i < values.length; i++) {
      int position = i / inner;
      int outer = position / length;
      int block = (outer * blocks + position % length / size) * inner + i % inner;
      int difference = quantized.values()[i] - zeroPoints.values()[block];
      values[i] = difference * scales.values()[block];
    }
    return new OnnxTensor.Floats(shape, values);
  }

  private static int count(List<Long> shape) {
    return Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
  }
}
