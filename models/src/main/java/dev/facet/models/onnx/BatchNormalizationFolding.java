package dev.facet.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds batch normalizations into the weights of the convolution or linear layer before them, or of
 * the linear layer after them, and removes {@code Dropout}, which does nothing in inference. The
 * weights are computed in float64, so the results differ by rounding only.
 */
public final class BatchNormalizationFolding {

  private final Map<String, OnnxTensor> constants;

  /** The nodes of the result so far, by their first output. */
  private final Map<String, OnnxNode> producers = new HashMap<>();

  private final List<OnnxNode> nodes = new ArrayList<>();

  /** Names of values to the names of the values that replace them. */
  private final Map<String, String> replaced = new HashMap<>();

  private final Map<String, Integer> useCounts;

  private BatchNormalizationFolding(OnnxGraph graph) {
    this.constants = new HashMap<>(graph.constants());
    this.useCounts = graph.useCounts();
  }

  /** Returns a graph with the same results. A normalization that cannot be folded stays. */
  public static OnnxGraph fold(OnnxGraph graph) {
    BatchNormalizationFolding folding = new BatchNormalizationFolding(graph);
    graph.nodes().forEach(folding::convert);
    List<String> outputs = graph.outputs().stream().map(folding::current).toList();
    return new OnnxGraph(folding.nodes, folding.constants, graph.inputs(), outputs)
        .subgraph(outputs);
  }

  private void convert(OnnxNode original) {
    OnnxNode node = withInputs(original, original.inputs().stream().map(this::current).toList());
    switch (node.opType()) {
      case "Dropout" -> dropout(node);
      case "BatchNormalization" -> normalization(node);
      case "Gemm" -> add(afterNormalization(node));
      default -> add(node);
    }
  }

  private void dropout(OnnxNode node) {
    if (node.inputs().size() > 2
        || node.outputs().stream().skip(1).anyMatch(useCounts::containsKey)) {
      throw new IllegalArgumentException(node + " is supported without training and mask only");
    }
    replace(node.output(), node.inputs().getFirst());
  }

  private void normalization(OnnxNode node) {
    OnnxNode before = soleProducer(node);
    if (before != null && isLinear(before)) {
      replace(node.output(), before.output());
      OnnxNode folded = scaledOutputs(before, channels(node));
      nodes.set(nodes.indexOf(before), folded);
      producers.put(before.output(), folded);
    } else {
      add(node);
    }
  }

  /**
   * Folds the normalization of the channels of images into the linear layer over all their pixels.
   */
  private OnnxNode afterNormalization(OnnxNode linear) {
    OnnxNode flatten = soleProducer(linear);
    if (flatten == null
        || !flatten.opType().equals("Flatten")
        || flatten.integer("axis", 1) != 1
        || !isLinear(linear)) {
      return linear;
    }
    OnnxNode normalization = soleProducer(flatten);
    if (normalization == null || !normalization.opType().equals("BatchNormalization")) {
      return linear;
    }
    nodes.remove(normalization);
    OnnxNode direct = withInputs(flatten, List.of(normalization.inputs().getFirst()));
    nodes.set(nodes.indexOf(flatten), direct);
    producers.put(flatten.output(), direct);
    return scaledInputs(linear, channels(normalization));
  }

  /** The factor and the summand of each channel of a batch normalization. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Channels(double[] factors, double[] summands) {}

  private Channels channels(OnnxNode node) {
    if (node.integer("training_mode", 0) != 0) {
      throw new IllegalArgumentException(node + " is supported without training only");
    }
    float[] scale = floats(node, 1).values();
    float[] bias = floats(node, 2).values();
    float[] mean = floats(node, 3).values();
    float[] variance = floats(node, 4).values();
    double epsilon = node.number("epsilon", 1e-5f);
    double[] factors = new double[scale.length];
    double[] summands = new double[scale.length];
    for (int i = 0; i < scale.length; i++) {
      factors[i] = scale[i] / Math.sqrt(variance[i] + epsilon);
      summands[i] = bias[i] - mean[i] * factors[i];
    }
    return new Channels(factors, summands);
  }

  private OnnxNode scaledOutputs(OnnxNode linear, Channels channels) {
    float[] weights = floats(linear, 1).values().clone();
    double[] biases = biases(linear, channels.factors.length);
    int each = weights.length / biases.length;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] * channels.factors[i / each]);
    }
    for (int i = 0; i < biases.length; i++) {
      biases[i] = biases[i] * channels.factors[i] + channels.summands[i];
    }
    return withWeights(linear, weights, biases);
  }

  private OnnxNode scaledInputs(OnnxNode linear, Channels channels) {
    float[] weights = floats(linear, 1).values().clone();
    double[] biases = biases(linear, Math.toIntExact(floats(linear, 1).shape().getFirst()));
    int columns = weights.length / biases.length;
    int each = columns / channels.factors.length;
    for (int i = 0; i < weights.length; i++) {
      int channel = i % columns / each;
      biases[i / columns] += weights[i] * channels.summands[channel];
      weights[i] = (float) (weights[i] * channels.factors[channel]);
    }
    return withWeights(linear, weights, biases);
  }

  private double[] biases(OnnxNode linear, int count) {
    double[] biases = new double[count];
    if (linear.inputs().size() > 2) {
      float[] values = floats(linear, 2).values();
      Arrays.setAll(biases, i -> values[i]);
    }
    return biases;
  }

  private OnnxNode withWeights(OnnxNode linear, float[] weights, double[] biases) {
    float[] rounded = new float[biases.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) biases[i];
    }
    String weight = linear.output() + "/folded weight";
    String bias = linear.output() + "/folded bias";
    constants.put(weight, new OnnxTensor.Floats(floats(linear, 1).shape(), weights));
    constants.put(bias, new OnnxTensor.Floats(List.of((long) rounded.length), rounded));
    return withInputs(linear, List.of(linear.inputs().getFirst(), weight, bias));
  }

  /** Returns whether each output channel has its own row of constant weights. */
  private boolean isLinear(OnnxNode node) {
    boolean constant =
        node.inputs().stream()
            .skip(1)
            .allMatch(name -> constants.get(name) instanceof OnnxTensor.Floats);
    return constant
        && (node.opType().equals("Conv")
            || (node.opType().equals("Gemm")
                && node.integer("transB", 0) == 1
                && node.number("alpha", 1) == 1
                && node.number("beta", 1) == 1));
  }

  /** Returns the producer of the first input if nothing else reads its result. */
  private @Nullable OnnxNode soleProducer(OnnxNode node) {
    String input = node.inputs().getFirst();
    return useCounts.getOrDefault(input, 0) == 1 ? producers.get(input) : null;
  }

  private OnnxTensor.Floats floats(OnnxNode node, int input) {
    if (constants.get(node.inputs().get(input)) instanceof OnnxTensor.Floats floats) {
      return floats;
    }
    throw new IllegalArgumentException(node + " must have constant weights");
  }

  private void add(OnnxNode node) {
    nodes.add(node);
    producers.put(node.output(), node);
  }

  /** Lets a value stand for another, whose uses become its own. */
  private void replace(String value, String replacement) {
    replaced.put(value, replacement);
    useCounts.merge(replacement, useCounts.getOrDefault(value, 0) - 1, Integer::sum);
  }

  private String current(String value) {
    return replaced.getOrDefault(value, value);
  }

  private static OnnxNode withInputs(OnnxNode node, List<String> inputs) {
    return new OnnxNode(node.opType(), inputs, node.outputs(), node.attributes());
  }
}
