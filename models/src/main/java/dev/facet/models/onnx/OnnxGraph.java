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
  public OnnxGraph subgraph(List<String> wanted) {
    Map<String, OnnxNode> producers = new HashMap<>();
    nodes.forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
    Set<OnnxNode> needed = new HashSet<>();
    Deque<String> pending = new ArrayDeque<>(wanted);
    for (String name : wanted) {
      if (!producers.containsKey(name)) {
        throw new IllegalArgumentException("value %s has no producer".formatted(name));
      }
    }
    while (!pending.isEmpty()) {
      OnnxNode producer = producers.get(pending.pop());
      if (producer != null && needed.add(producer)) {
        pending.addAll(producer.inputs());
      }
    }
    List<OnnxNode> kept = new ArrayList<>(nodes);
    kept.retainAll(needed);
    return new OnnxGraph(kept, constants, inputs, wanted);
  }

  /**
   * Returns the part of this graph that computes the outputs from a value, which becomes the only
   * input.
   *
   * @throws IllegalArgumentException if no node computes the value
   */
  public OnnxGraph from(String value) {
    List<OnnxNode> others = nodes.stream().filter(node -> !node.outputs().contains(value)).toList();
    if (others.size() == nodes.size()) {
      throw new IllegalArgumentException("value %s has no producer".formatted(value));
    }
    return new OnnxGraph(others, constants, List.of(value), outputs).subgraph(outputs);
  }

  /**
   * Returns a copy of this graph in which a {@code Concat} node has only its first inputs.
   *
   * @param output the name of the output of the {@code Concat} node
   * @param count the number of inputs to keep
   * @throws IllegalArgumentException if no {@code Concat} node has this output
   */
  public OnnxGraph withFirstConcatInputs(String output, int count) {
    OnnxNode concat =
        nodes.stream()
            .filter(node -> node.opType().equals("Concat") && node.output().equals(output))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no Concat node has the output " + output));
    OnnxNode shortened =
        new OnnxNode(
            concat.opType(),
            concat.inputs().subList(0, count),
            concat.outputs(),
            concat.attributes());
    return new OnnxGraph(
        nodes.stream().map(node -> node.equals(concat) ? shortened : node).toList(),
        constants,
        inputs,
        outputs);
  }

  /** Returns how often each value is read; being an output of the network counts as one read. */
  public Map<String, Integer> useCounts() {
    Map<String, Integer> useCounts = new HashMap<>();
    nodes.forEach(node -> node.inputs().forEach(input -> useCounts.merge(input, 1, Integer::sum)));
    outputs.forEach(output -> useCounts.merge(output, 1, Integer::sum));
    return useCounts;
  }
}
