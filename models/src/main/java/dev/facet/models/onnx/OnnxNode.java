package dev.facet.models.onnx;

import java.util.List;
import java.util.Map;

/**
 * One operation of a network.
 *
 * @param op its operator, such as {@code Conv}
 * @param inputs names of the values that it takes
 * @param outputs names of the values that it makes
 * @param attributes its constants by name
 */
public record OnnxNode(
    String op, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {

  /** A constant of an operation; which of its fields counts is the operator's matter. */
  public record Attribute(
      float number, long integer, List<Long> integers, List<OnnxTensor> tensors) {}

  /** The first output's name. */
  public String output() {
    return outputs.getFirst();
  }

  /** A list of integers, or a default where it is absent. */
  public List<Long> integers(String name, Long... otherwise) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? List.of(otherwise) : attribute.integers();
  }

  /** An integer, or a default where it is absent. */
  public long integer(String name, long otherwise) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.integer();
  }

  /** A number, or a default where it is absent. */
  public float number(String name, float otherwise) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? otherwise : attribute.number();
  }

  /**
   * A constant tensor.
   *
   * @throws IllegalArgumentException if it is absent
   */
  public OnnxTensor tensor(String name) {
    Attribute attribute = attributes.get(name);
    if (attribute == null || attribute.tensors().isEmpty()) {
      throw new IllegalArgumentException("needs a tensor " + name + ": " + this);
    }
    return attribute.tensors().getFirst();
  }

  @Override
  public String toString() {
    return op + " that makes " + outputs;
  }
}
