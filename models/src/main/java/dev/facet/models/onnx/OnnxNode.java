package dev.facet.models.onnx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a network: one use of an operator.
 *
 * @param opType the operator, such as {@code Conv}
 * @param inputs names of the values that it reads
 * @param outputs names of the values that it computes
 * @param attributes constant parameters by name
 */
public record OnnxNode(
    String opType, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {

  /** A constant parameter. The operator determines which of the components holds its value. */
  public record Attribute(
      float number, long integer, List<Long> integers, @Nullable OnnxTensor tensor) {}

  /** Returns the name of the first output. */
  public String output() {
    return outputs.getFirst();
  }

  /** Returns an attribute of integers, or a default if it is absent. */
  public List<Long> integers(String name, Long... defaultValue) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? List.of(defaultValue) : attribute.integers();
  }

  /** Returns an integer attribute, or a default if it is absent. */
  public long integer(String name, long defaultValue) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? defaultValue : attribute.integer();
  }

  /** Returns a floating-point attribute, or a default if it is absent. */
  public float number(String name, float defaultValue) {
    Attribute attribute = attributes.get(name);
    return attribute == null ? defaultValue : attribute.number();
  }

  /**
   * Returns a tensor attribute.
   *
   * @throws IllegalArgumentException if it is absent
   */
  public OnnxTensor tensor(String name) {
    Attribute attribute = attributes.get(name);
    if (attribute == null || attribute.tensor() == null) {
      throw new IllegalArgumentException(this + " must have a tensor attribute " + name);
    }
    return attribute.tensor();
  }

  @Override
  public String toString() {
    return opType + " with outputs " + outputs;
  }
}
