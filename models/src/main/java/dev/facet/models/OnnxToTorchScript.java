package dev.facet.models;

import dev.facet.models.onnx.OnnxGraph;
import dev.facet.models.onnx.OnnxNode;
import dev.facet.models.onnx.OnnxTensor;
import dev.facet.models.torchscript.Convolution;
import dev.facet.models.torchscript.Kernels;
import dev.facet.models.torchscript.ScriptModule;
import dev.facet.models.torchscript.Tensor;
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
  private final Map<String, Integer> uses;
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
  private final Map<String, OnnxNode> halves = new HashMap<>();

  /** Names of values with three dimensions, the last of size 2. */
  private final Set<String> pairs = new HashSet<>();

  private OnnxToTorchScript(OnnxGraph graph, ScriptModule module) {
    this.graph = graph;
    this.module = module;
    this.uses = graph.uses();
    this.constants = new HashSet<>(graph.constants().keySet());
    for (OnnxNode node : graph.nodes()) {
      if (node.op().equals("Relu")) {
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
  public static void convert(OnnxGraph graph, String name, Kernels kernels, Path file)
      throws IOException {
    if (graph.inputs().size() != 1) {
      throw new IllegalArgumentException("a network has one input, not " + graph.inputs());
    }
    OnnxToTorchScript converter = new OnnxToTorchScript(graph, new ScriptModule(name, kernels));
    graph.nodes().forEach(converter::convert);
    converter.module.write(file, graph.outputs().stream().map(converter::value).toList());
  }

  private void convert(OnnxNode node) {
    if (values.containsKey(node.output())) {
      return; // already fused into an earlier node
    }
    switch (node.op()) {
      case "Conv" -> convolution(node);
      case "Relu" -> letEachPixel(node, "torch.relu(%s)", kept(node, 0));
      case "PRelu" ->
          letEachPixel(node, "torch.prelu(%%s, %s)".formatted(slopes(node)), kept(node, 0));
      case "Add" -> add(node);
      case "Mul" -> let(node, "torch.mul(%s, %s)", value(node, 0), value(node, 1));
      case "Softmax" -> softmax(node);
      case "BatchNormalization" -> batchNormalization(node);
      case "MaxPool" -> maxPool(node);
      case "ReduceMean" -> mean(node);
      case "Gemm" -> linear(node);
      case "Flatten" -> {
        require(node, node.integer("axis", 1) == 1, "axis 1");
        let(node, "torch.flatten(%s, 1, -1)", value(node, 0));
      }
      case "Transpose" -> let(node, "torch.permute(%s, %s)", value(node, 0), node.integers("perm"));
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
    String x = kept(node, 0);
    List<Long> padding = pads.subList(0, 2);
    if (!padding.equals(pads.subList(2, 4))) {
      // top, left, bottom, right; PyTorch pads the last dimension first
      List<Long> each = List.of(pads.get(1), pads.get(3), pads.get(0), pads.get(2));
      x = module.let("torch.constant_pad_nd(%s, %s, 0)".formatted(module.picture(x), each));
      padding = List.of(0L, 0L);
    }
    Optional<OnnxNode> rectifier =
        Optional.ofNullable(rectifiers.get(node.output()))
            .filter(_ -> uses.getOrDefault(node.output(), 0) == 1);
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
      channels.put(name, convolution.outputs());
    }
  }

  private void add(OnnxNode node) {
    if (node.inputs().stream().anyMatch(constants::contains)) {
      let(node, "torch.add(%s, %s)", value(node, 0), value(node, 1));
    } else {
      letEachPixel(node, "torch.add(%s, %s)", kept(node, 0), kept(node, 1));
    }
  }

  private void letEachPixel(OnnxNode node, String form, String... operands) {
    values.put(node.output(), module.letEachPixel(form, operands));
  }

  private String slopes(OnnxNode node) {
    Tensor slopes = weights(node, 1);
    return module.weight(new Tensor(List.of((long) slopes.values().length), slopes.values()));
  }

  /**
   * Converts a softmax. Over two values it equals the logistic function of their difference, which
   * takes a tenth of the time.
   */
  private void softmax(OnnxNode node) {
    String x = value(node, 0);
    long axis = node.integer("axis", 1);
    if (axis != 2 || !pairs.contains(node.inputs().getFirst())) {
      let(node, "torch.softmax(%s, %d, None)", x, axis);
      return;
    }
    String difference =
        module.let("torch.sub(torch.select(%1$s, 2, 1), torch.select(%1$s, 2, 0))".formatted(x));
    String second = module.let("torch.sigmoid(%s)".formatted(difference));
    let(node, "torch.stack([torch.rsub(%1$s, 1), %1$s], 2)", second);
  }

  private void batchNormalization(OnnxNode node) {
    let(
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
    let(
        node,
        "torch.max_pool2d(%s, %s, %s, %s, [1, 1], %s)",
        value(node, 0),
        node.integers("kernel_shape"),
        node.integers("strides", 1L, 1L),
        pads.subList(0, 2),
        node.integer("ceil_mode", 0) == 1 ? "True" : "False");
  }

  private void mean(OnnxNode node) {
    let(
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
        "transB and no factors");
    let(node, "torch.linear(%s, %s, %s)", value(node, 0), value(node, 1), value(node, 2));
  }

  /**
   * Converts a channel shuffle that starts at this node, and returns whether one does. ONNX
   * expresses it as Reshape, Transpose and Reshape; PyTorch has one operation for it.
   */
  private boolean shufflesChannels(OnnxNode node, List<Long> shape) {
    OnnxNode transpose = transposeOfGroups(node);
    OnnxNode back = transpose == null ? null : onlyUser(transpose);
    if (transpose == null || back == null || shape.size() != 5 || !back.op().equals("Reshape")) {
      return false;
    }
    String shuffled = shuffled(node.inputs().getFirst(), shape.get(1), shape.get(2));
    values.put(node.output(), shuffled);
    values.put(transpose.output(), shuffled);
    values.put(back.output(), shuffled);
    return true;
  }

  private String shuffled(String name, long groups, long each) {
    OnnxNode joined = halves.get(name);
    return joined != null
            && groups == 2
            && joined.inputs().stream().allMatch(half -> channels.getOrDefault(half, 0L) == each)
        ? module.interleave(kept(joined, 0), kept(joined, 1))
        : module.let("torch.native_channel_shuffle(%s, %d)".formatted(value(name), groups));
  }

  /**
   * Returns the Transpose that swaps the two dimensions into which a Reshape split the channels.
   */
  private @Nullable OnnxNode transposeOfGroups(OnnxNode reshape) {
    OnnxNode transpose = reshape.op().equals("Reshape") ? onlyUser(reshape) : null;
    return transpose != null
            && transpose.op().equals("Transpose")
            && transpose.integers("perm").equals(List.of(0L, 2L, 1L, 3L, 4L))
        ? transpose
        : null;
  }

  private @Nullable OnnxNode onlyUser(OnnxNode node) {
    List<OnnxNode> users =
        graph.nodes().stream().filter(user -> user.inputs().contains(node.output())).toList();
    return users.size() == 1 ? users.getFirst() : null;
  }

  private void reshape(OnnxNode node) {
    List<Long> shape = knownInput(node, 1);
    if (shufflesChannels(node, shape)) {
      return;
    }
    require(node, !shape.contains(0L) && !shape.contains(UNKNOWN), "a shape without copies");
    if (shape.size() == 3 && shape.getLast() == 2) {
      pairs.add(node.output());
    }
    if (shape.getFirst() == 1 && shape.size() > 1) {
      // the shape is written for batch size 1; keep the batch size variable
      String each = module.let("torch.flatten(%s, 1)".formatted(value(node, 0)));
      let(node, "torch.unflatten(%s, 1, %s)", each, shape.subList(1, shape.size()));
    } else {
      let(node, "torch.reshape(%s, %s)", value(node, 0), shape);
    }
  }

  private void split(OnnxNode node) {
    List<Long> sizes = node.integers("split");
    long axis = node.integer("axis", 0);
    long start = 0;
    for (int i = 0; i < sizes.size(); i++) {
      long end = start + sizes.get(i);
      String part = "torch.slice(%s, %d, %d, %d, 1)".formatted(value(node, 0), axis, start, end);
      values.put(node.outputs().get(i), module.let(part));
      if (axis == 1) {
        channels.put(node.outputs().get(i), sizes.get(i));
      }
      start = end;
    }
  }

  private void concat(OnnxNode node) {
    if (node.inputs().stream().allMatch(this::isKnown)) {
      List<Long> joined = new ArrayList<>();
      node.inputs().forEach(input -> joined.addAll(knownValue(node, input)));
      known.put(node.output(), joined);
      return;
    }
    OnnxNode user = onlyUser(node);
    if (node.integer("axis", 0) == 1
        && node.inputs().size() == 2
        && user != null
        && transposeOfGroups(user) != null) {
      halves.put(node.output(), node);
      return;
    }
    if (node.integer("axis", 0) < 2 && pairs.containsAll(node.inputs())) {
      pairs.add(node.output());
    }
    join(node);
  }

  private void join(OnnxNode node) {
    List<String> parts = node.inputs().stream().map(this::value).toList();
    let(node, "torch.cat([%s], %d)", String.join(", ", parts), node.integer("axis", 0));
  }

  private void constant(OnnxNode node) {
    switch (node.tensor("value")) {
      case OnnxTensor.Longs longs -> known.put(node.output(), longs.values());
      case OnnxTensor.Floats floats -> {
        constants.add(node.output());
        values.put(node.output(), module.weight(new Tensor(floats.shape(), floats.values())));
      }
    }
  }

  private void gather(OnnxNode node) {
    List<Long> from = knownInput(node, 0);
    List<Long> picked =
        knownInput(node, 1).stream().map(index -> from.get(index.intValue())).toList();
    require(node, !picked.contains(UNKNOWN), "a dimension that is known");
    known.put(node.output(), picked);
  }

  @SuppressWarnings("AnnotateFormatMethod") // PyTorch's parser checks the expressions
  private void let(OnnxNode node, String form, Object... parts) {
    values.put(node.output(), module.let(form.formatted(parts)));
  }

  private String value(OnnxNode node, int input) {
    return value(node.inputs().get(input));
  }

  /** Returns the expression of an input in the layout in which it is stored. */
  private String kept(OnnxNode node, int input) {
    String name = node.inputs().get(input);
    String kept = values.get(name);
    return kept == null ? value(name) : kept;
  }

  private String value(String name) {
    if (halves.containsKey(name) && !values.containsKey(name)) {
      join(halves.get(name));
    }
    String value = values.get(name);
    if (value != null) {
      return module.picture(value);
    }
    if (graph.constants().get(name) instanceof OnnxTensor.Floats floats) {
      String weight = module.weight(new Tensor(floats.shape(), floats.values()));
      values.put(name, weight);
      return weight;
    }
    throw new IllegalArgumentException("no value " + name);
  }

  private Tensor weights(OnnxNode node, int input) {
    if (graph.constants().get(node.inputs().get(input)) instanceof OnnxTensor.Floats floats) {
      return new Tensor(floats.shape(), floats.values());
    }
    throw new IllegalArgumentException("no constant weights: " + node);
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
    throw new IllegalArgumentException("depends on a value that is not known: " + node);
  }

  private static void require(OnnxNode node, boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("needs " + what + ": " + node);
    }
  }
}
