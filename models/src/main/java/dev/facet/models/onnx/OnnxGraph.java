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
 * The graph of a network.
 *
 * @param nodes the nodes in topological order
 * @param constants weights by name
 * @param inputs names of the inputs, without the weights
 * @param outputs names of the outputs
 */
public record OnnxGraph(
    List<OnnxNode> nodes,
    Map<String, OnnxTensor> constants,
    List<String> inputs,
    List<String> outputs) {

  /**
   * Returns the subgraph that computes the given values.
   *
   * @param wanted names of values, which become the outputs
   * @throws IllegalArgumentException if no node computes one of them
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
   * Returns a copy of this graph in which a {@code Concat} node has only its first inputs.
   *
   * @param joined the name of the output of the {@code Concat} node
   * @param count the number of inputs to keep
   * @throws IllegalArgumentException if no {@code Concat} node has this output
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

  /** Returns how often each value is read; being an output of the network counts as one read. */
  public Map<String, Integer> uses() {
    Map<String, Integer> uses = new HashMap<>();
    nodes.forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
    outputs.forEach(output -> uses.merge(output, 1, Integer::sum));
    return uses;
  }
}
