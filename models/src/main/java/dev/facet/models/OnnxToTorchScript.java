package dev.facet.models;

import dev.facet.models.onnx.OnnxGraph;
import dev.facet.models.onnx.OnnxNode;
import dev.facet.models.onnx.OnnxTensor;
import dev.facet.models.torchscript.Convolution;
import dev.facet.models.torchscript.FloatTensor;
import dev.facet.models.torchscript.KernelSelector;
import dev.facet.models.torchscript.ScriptModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts an ONNX network with one input of batch size 1 to a TorchScript module.
 *
 * <p>Nodes that only compute shapes are evaluated during the conversion. A rectifier after a
 * convolution is fused into the convolution. Batch normalization is converted as it is, because
 * publishers have already folded it into the weights of a preceding convolution. Spatial sizes stay
 * variable wherever the network does not fix them. Unknown operators are refused, never guessed.
 */
public final class OnnxToTorchScript {

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final OnnxGraph graph;
  private final ScriptModule module;
  private final Map<String, Integer> useCounts;
  private final Map<String, OnnxNode> rectifiers = new HashMap<>();

  /** Names of values that do not depend on the input of the network: weights and constants. */
  private final Set<String> constants;

  /** Names of values to the TorchScript expressions that hold them. */
  private final Map<String, String> values = new HashMap<>();

  /** Names of values that are known during the conversion to their elements: shapes, indices. */
  private final Map<String, List<Long>> known = new HashMap<>();

  /** Names of values to their channel counts; results of convolutions and splits only. */
  private final Map<String, Long> channels = new HashMap<>();

  /**
   * Names of values to the Concat nodes that compute them. Such a value feeds a channel shuffle and
   * is concatenated only if another operation needs it.
   */
  private final Map<String, OnnxNode> pendingConcats = new HashMap<>();

  /** Names of values with three dimensions, the last of size 2. */
  private final Set<String> pairs = new HashSet<>();

  private OnnxToTorchScript(OnnxGraph graph, ScriptModule module) {
    this.graph = graph;
    this.module = module;
    this.useCounts = graph.useCounts();
    this.constants = new HashSet<>(graph.constants().keySet());
    for (OnnxNode node : graph.nodes()) {
      if (node.opType().equals("Relu")) {
        rectifiers.put(node.inputs().getFirst(), node);
      }
    }
    values.put(graph.inputs().getFirst(), "x");
  }

  /**
   * Converts a network.
   *
   * @param graph the network
   * @param name the class name of the module, letters only
   * @param kernels selects the kernel of each convolution
   * @param file the archive to write
   * @throws IllegalArgumentException if a node cannot be converted; the message names it
   */
  public static void convert(OnnxGraph graph, String name, KernelSelector kernels, Path file)
      throws IOException {
    if (graph.inputs().size() != 1) {
      throw new IllegalArgumentException("the network must have one input, not " + graph.inputs());
    }
    OnnxToTorchScript converter = new OnnxToTorchScript(graph, new ScriptModule(name, kernels));
    graph.nodes().forEach(converter::convert);
    converter.module.write(file, graph.outputs().stream().map(converter::value).toList());
  }

  private void convert(OnnxNode node) {
    if (values.containsKey(node.output())) {
      return; // already fused into an earlier node
    }
    switch (node.opType()) {
      case "Conv" -> convolution(node);
      case "Relu" -> assignElementwise(node, "torch.relu(%s)", stored(node, 0));
      case "PRelu" ->
          assignElementwise(node, "torch.prelu(%%s, %s)".formatted(slopes(node)), stored(node, 0));
      case "Add" -> add(node);
      case "Mul" -> assign(node, "torch.mul(%s, %s)", value(node, 0), value(node, 1));
      case "Softmax" -> softmax(node);
      case "BatchNormalization" -> batchNormalization(node);
      case "MaxPool" -> maxPool(node);
      case "ReduceMean" -> mean(node);
      case "Gemm" -> linear(node);
      case "Flatten" -> {
        require(node, node.integer("axis", 1) == 1, "axis 1");
        assign(node, "torch.flatten(%s, 1, -1)", value(node, 0));
      }
      case "Transpose" ->
          assign(node, "torch.permute(%s, %s)", value(node, 0), node.integers("perm"));
      case "Reshape" -> reshape(node);
      case "Split" -> split(node);
      case "Concat" -> concat(node);
      case "Constant" -> constant(node);
      case "Shape" -> known.put(node.output(), List.of(1L, UNKNOWN, UNKNOWN, UNKNOWN));
      case "Gather" -> gather(node);
      case "Unsqueeze", "Cast" -> known.put(node.output(), knownInput(node, 0));
      default -> throw new IllegalArgumentException("unknown operator: " + node);
    }
  }

  private void convolution(OnnxNode node) {
    List<Long> pads = node.integers("pads", 0L, 0L, 0L, 0L);
    String x = stored(node, 0);
    List<Long> padding = pads.subList(0, 2);
    if (!padding.equals(pads.subList(2, 4))) {
      // top, left, bottom, right; PyTorch pads the last dimension first
      List<Long> each = List.of(pads.get(1), pads.get(3), pads.get(0), pads.get(2));
      x = module.assign("torch.constant_pad_nd(%s, %s, 0)".formatted(module.image(x), each));
      padding = List.of(0L, 0L);
    }
    Optional<OnnxNode> rectifier =
        Optional.ofNullable(rectifiers.get(node.output()))
            .filter(_ -> useCounts.getOrDefault(node.output(), 0) == 1);
    Convolution convolution =
        new Convolution(
            weights(node, 1),
            node.inputs().size() > 2 ? weights(node, 2) : null,
            node.integers("strides", 1L, 1L),
            padding,
            node.integers("dilations", 1L, 1L),
            node.integer("group", 1),
            rectifier.isPresent());
    String result = module.convolve(x, convolution);
    for (String name : List.of(node.output(), rectifier.orElse(node).output())) {
      values.put(name, result);
      channels.put(name, convolution.outputChannels());
    }
  }

  private void add(OnnxNode node) {
    if (node.inputs().stream().anyMatch(constants::contains)) {
      assign(node, "torch.add(%s, %s)", value(node, 0), value(node, 1));
    } else {
      assignElementwise(node, "torch.add(%s, %s)", stored(node, 0), stored(node, 1));
    }
  }

  private void assignElementwise(OnnxNode node, String template, String... operands) {
    values.put(node.output(), module.assignElementwise(template, operands));
  }

  private String slopes(OnnxNode node) {
    FloatTensor slopes = weights(node, 1);
    return module.addWeight(
        new FloatTensor(List.of((long) slopes.values().length), slopes.values()));
  }

  /**
   * Converts a softmax. Over two values it equals the logistic function of their difference, which
   * takes a tenth of the time.
   */
  private void softmax(OnnxNode node) {
    String x = value(node, 0);
    long axis = node.integer("axis", 1);
    if (axis != 2 || !pairs.contains(node.inputs().getFirst())) {
      assign(node, "torch.softmax(%s, %d, None)", x, axis);
      return;
    }
    String difference =
        module.assign("torch.sub(torch.select(%1$s, 2, 1), torch.select(%1$s, 2, 0))".formatted(x));
    String second = module.assign("torch.sigmoid(%s)".formatted(difference));
    assign(node, "torch.stack([torch.rsub(%1$s, 1), %1$s], 2)", second);
  }

  private void batchNormalization(OnnxNode node) {
    assign(
        node,
        "torch.batch_norm(%s, %s, %s, %s, %s, False, 0., %s, False)",
        value(node, 0),
        value(node, 1),
        value(node, 2),
        value(node, 3),
        value(node, 4),
        node.number("epsilon", 1e-5f));
  }

  private void maxPool(OnnxNode node) {
    List<Long> pads = node.integers("pads", 0L, 0L, 0L, 0L);
    require(node, pads.subList(0, 2).equals(pads.subList(2, 4)), "symmetric padding");
    assign(
        node,
        "torch.max_pool2d(%s, %s, %s, %s, [1, 1], %s)",
        value(node, 0),
        node.integers("kernel_shape"),
        node.integers("strides", 1L, 1L),
        pads.subList(0, 2),
        node.integer("ceil_mode", 0) == 1 ? "True" : "False");
  }

  private void mean(OnnxNode node) {
    assign(
        node,
        "torch.mean(%s, %s, %s, dtype=None)",
        value(node, 0),
        node.integers("axes"),
        node.integer("keepdims", 1) == 1 ? "True" : "False");
  }

  private void linear(OnnxNode node) {
    require(
        node,
        node.integer("transB", 0) == 1
            && node.integer("transA", 0) == 0
            && node.number("alpha", 1) == 1
            && node.number("beta", 1) == 1,
        "transB 1, transA 0, alpha 1 and beta 1");
    assign(node, "torch.linear(%s, %s, %s)", value(node, 0), value(node, 1), value(node, 2));
  }

  /**
   * Converts a channel shuffle that starts at this node, and returns whether one does. ONNX
   * expresses it as Reshape, Transpose and Reshape; PyTorch has one operation for it.
   */
  private boolean convertChannelShuffle(OnnxNode node, List<Long> shape) {
    OnnxNode transpose = groupTranspose(node);
    OnnxNode secondReshape = transpose == null ? null : soleConsumer(transpose);
    if (transpose == null
        || secondReshape == null
        || shape.size() != 5
        || !secondReshape.opType().equals("Reshape")) {
      return false;
    }
    String shuffled = channelShuffle(node.inputs().getFirst(), shape.get(1), shape.get(2));
    values.put(node.output(), shuffled);
    values.put(transpose.output(), shuffled);
    values.put(secondReshape.output(), shuffled);
    return true;
  }

  private String channelShuffle(String name, long groups, long each) {
    OnnxNode concat = pendingConcats.get(name);
    return concat != null
            && groups == 2
            && concat.inputs().stream().allMatch(input -> channels.getOrDefault(input, 0L) == each)
        ? module.interleaveChannels(stored(concat, 0), stored(concat, 1))
        : module.assign("torch.native_channel_shuffle(%s, %d)".formatted(value(name), groups));
  }

  /**
   * Returns the Transpose that swaps the two dimensions into which a Reshape split the channels.
   */
  private @Nullable OnnxNode groupTranspose(OnnxNode reshape) {
    OnnxNode transpose = reshape.opType().equals("Reshape") ? soleConsumer(reshape) : null;
    return transpose != null
            && transpose.opType().equals("Transpose")
            && transpose.integers("perm").equals(List.of(0L, 2L, 1L, 3L, 4L))
        ? transpose
        : null;
  }

  private @Nullable OnnxNode soleConsumer(OnnxNode node) {
    List<OnnxNode> consumers =
        graph.nodes().stream()
            .filter(consumer -> consumer.inputs().contains(node.output()))
            .toList();
    return consumers.size() == 1 ? consumers.getFirst() : null;
  }

  private void reshape(OnnxNode node) {
    List<Long> shape = knownInput(node, 1);
    if (convertChannelShuffle(node, shape)) {
      return;
    }
    require(node, !shape.contains(0L) && !shape.contains(UNKNOWN), "a known shape without 0");
    if (shape.size() == 3 && shape.getLast() == 2) {
      pairs.add(node.output());
    }
    if (shape.getFirst() == 1 && shape.size() > 1) {
      // the shape is written for batch size 1; keep the batch size variable
      String each = module.assign("torch.flatten(%s, 1)".formatted(value(node, 0)));
      assign(node, "torch.unflatten(%s, 1, %s)", each, shape.subList(1, shape.size()));
    } else {
      assign(node, "torch.reshape(%s, %s)", value(node, 0), shape);
    }
  }

  private void split(OnnxNode node) {
    List<Long> sizes = node.integers("split");
    long axis = node.integer("axis", 0);
    long start = 0;
    for (int i = 0; i < sizes.size(); i++) {
      long end = start + sizes.get(i);
      String part = "torch.slice(%s, %d, %d, %d, 1)".formatted(value(node, 0), axis, start, end);
      values.put(node.outputs().get(i), module.assign(part));
      if (axis == 1) {
        channels.put(node.outputs().get(i), sizes.get(i));
      }
      start = end;
    }
  }

  private void concat(OnnxNode node) {
    if (node.inputs().stream().allMatch(this::isKnown)) {
      List<Long> elements = new ArrayList<>();
      node.inputs().forEach(input -> elements.addAll(knownValue(node, input)));
      known.put(node.output(), elements);
      return;
    }
    OnnxNode consumer = soleConsumer(node);
    if (node.integer("axis", 0) == 1
        && node.inputs().size() == 2
        && consumer != null
        && groupTranspose(consumer) != null) {
      pendingConcats.put(node.output(), node);
      return;
    }
    if (node.integer("axis", 0) < 2 && pairs.containsAll(node.inputs())) {
      pairs.add(node.output());
    }
    concatenate(node);
  }

  private void concatenate(OnnxNode node) {
    List<String> parts = node.inputs().stream().map(this::value).toList();
    assign(node, "torch.cat([%s], %d)", String.join(", ", parts), node.integer("axis", 0));
  }

  private void constant(OnnxNode node) {
    switch (node.tensor("value")) {
      case OnnxTensor.Longs longs -> known.put(node.output(), longs.values());
      case OnnxTensor.Floats floats -> {
        constants.add(node.output());
        values.put(
            node.output(), module.addWeight(new FloatTensor(floats.shape(), floats.values())));
      }
      case OnnxTensor.Bytes _ ->
          throw new IllegalArgumentException(node + " must be expanded to float32 first");
    }
  }

  private void gather(OnnxNode node) {
    List<Long> from = knownInput(node, 0);
    List<Long> selected =
        knownInput(node, 1).stream().map(index -> from.get(index.intValue())).toList();
    require(node, !selected.contains(UNKNOWN), "dimensions that the network fixes");
    known.put(node.output(), selected);
  }

  @SuppressWarnings("AnnotateFormatMethod") // PyTorch's parser checks the expressions
  private void assign(OnnxNode node, String template, Object... parts) {
    values.put(node.output(), module.assign(template.formatted(parts)));
  }

  private String value(OnnxNode node, int input) {
    return value(node.inputs().get(input));
  }

  /** Returns the expression of an input in the layout in which it is stored. */
  private String stored(OnnxNode node, int input) {
    String name = node.inputs().get(input);
    String stored = values.get(name);
    return stored == null ? value(name) : stored;
  }

  private String value(String name) {
    if (pendingConcats.containsKey(name) && !values.containsKey(name)) {
      concatenate(pendingConcats.get(name));
    }
    String value = values.get(name);
    if (value != null) {
      return module.image(value);
    }
    if (graph.constants().get(name) instanceof OnnxTensor.Floats floats) {
      String weight = module.addWeight(new FloatTensor(floats.shape(), floats.values()));
      values.put(name, weight);
      return weight;
    }
    throw new IllegalArgumentException("value %s has no producer".formatted(name));
  }

  private FloatTensor weights(OnnxNode node, int input) {
    if (graph.constants().get(node.inputs().get(input)) instanceof OnnxTensor.Floats floats) {
      return new FloatTensor(floats.shape(), floats.values());
    }
    throw new IllegalArgumentException(node + " must have constant weights");
  }

  private boolean isKnown(String name) {
    return known.containsKey(name) || graph.constants().get(name) instanceof OnnxTensor.Longs;
  }

  private List<Long> knownInput(OnnxNode node, int input) {
    return knownValue(node, node.inputs().get(input));
  }

  private List<Long> knownValue(OnnxNode node, String name) {
    List<Long> value = known.get(name);
    if (value != null) {
      return value;
    }
    if (graph.constants().get(name) instanceof OnnxTensor.Longs longs) {
      return longs.values();
    }
    throw new IllegalArgumentException(node + " must not depend on the values of the image");
  }

  private static void require(OnnxNode node, boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("%s is supported with %s only".formatted(node, rule));
    }
  }
}
