package dev.facet.models.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network: operations in an order in which each finds its inputs made.
 *
 * @param nodes the operations
 * @param constants weights by name
 * @param inputs names of what it takes
 * @param outputs names of what it gives
 */
public record OnnxGraph(
    List<OnnxNode> nodes,
    Map<String, OnnxTensor> constants,
    List<String> inputs,
    List<String> outputs) {

  /**
   * The part of the network that makes certain values.
   *
   * @param wanted names of values, the outputs of the result
   * @throws IllegalArgumentException if no operation makes one of them
   */
  public OnnxGraph upTo(List<String> wanted) {
    Map<String, OnnxNode> makers = new HashMap<>();
    nodes.forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
    Set<OnnxNode> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(wanted);
    for (String name : wanted) {
      if (!makers.containsKey(name)) {
        throw new IllegalArgumentException("no operation makes " + name);
      }
    }
    while (!open.isEmpty()) {
      OnnxNode maker = makers.get(open.pop());
      if (maker != null && needed.add(maker)) {
        open.addAll(maker.inputs());
      }
    }
    List<OnnxNode> kept = new ArrayList<>(nodes);
    kept.retainAll(needed);
    return new OnnxGraph(kept, constants, inputs, wanted);
  }

  /**
   * The same with less joined to one value.
   *
   * @param joined the name of what a {@code Concat} makes
   * @param count how many of its inputs stay, from the first on
   * @throws IllegalArgumentException if no such operation makes it
   */
  public OnnxGraph joiningFirst(String joined, int count) {
    OnnxNode whole =
        nodes.stream()
            .filter(node -> node.op().equals("Concat") && node.output().equals(joined))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("nothing is joined to " + joined));
    OnnxNode less =
        new OnnxNode(
            whole.op(), whole.inputs().subList(0, count), whole.outputs(), whole.attributes());
    return new OnnxGraph(
        nodes.stream().map(node -> node.equals(whole) ? less : node).toList(),
        constants,
        inputs,
        outputs);
  }

  /** How many operations take a value, counting the network's outputs as one each. */
  public Map<String, Integer> uses() {
    Map<String, Integer> uses = new HashMap<>();
    nodes.forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
    outputs.forEach(output -> uses.merge(output, 1, Integer::sum));
    return uses;
  }
}
