package dev.facet.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * All normalizations of these tests are 2 x − 10 for the first channel and 3 x + 1 for the next.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BatchNormalizationFoldingTest {

  private static final Map<String, OnnxTensor> CONSTANTS =
      Map.of(
          "weights", floats(List.of(2L, 2L), 1, 2, 3, 4),
          "bias", floats(List.of(2L), 5, 6),
          "scale", floats(List.of(2L), 4, 3),
          "shift", floats(List.of(2L), -2, 7),
          "mean", floats(List.of(2L), 4, 2),
          "variance", floats(List.of(2L), 3, 0));

  @Test
  void the_layer_before_takes_a_normalization_up() {
    for (String layer : List.of("Conv", "Gemm")) {
      OnnxGraph folded =
          fold(node(layer, "x weights bias", "y"), normalization("y", "z"), node("Relu", "z", "r"));

      assertThat(folded.nodes()).extracting(OnnxNode::opType).containsExactly(layer, "Relu");
      assertThat(values(folded, 0, 1)).containsExactly(2, 4, 9, 12);
      assertThat(values(folded, 0, 2)).containsExactly(0, 19);
      assertThat(folded.nodes().get(1).inputs()).containsExactly("y");
    }
  }

  @Test
  void a_layer_without_a_bias_gets_one() {
    OnnxGraph folded = fold(node("Conv", "x weights", "y"), normalization("y", "z"));

    assertThat(values(folded, 0, 2)).containsExactly(-10, 1);
    assertThat(folded.outputs()).containsExactly("y");
  }

  @Test
  void the_linear_layer_over_all_pixels_takes_the_normalization_before_up() {
    Map<String, OnnxTensor> constants = new HashMap<>(CONSTANTS);
    constants.put("weights", floats(List.of(1L, 4L), 1, 2, 3, 4)); // two channels of two pixels
    constants.put("bias", floats(List.of(1L), 5));

    OnnxGraph folded =
        fold(
            constants,
            node("Relu", "x", "r"),
            normalization("r", "n"),
            node("Dropout", "n", "d"),
            node("Flatten", "d", "f"),
            node("Gemm", "f weights bias", "y"));

    assertThat(folded.nodes())
        .extracting(OnnxNode::opType)
        .containsExactly("Relu", "Flatten", "Gemm");
    assertThat(folded.nodes().get(1).inputs()).containsExactly("r");
    assertThat(values(folded, 2, 1)).containsExactly(2, 4, 9, 12);
    assertThat(values(folded, 2, 2)).containsExactly(5 - 10 * (1 + 2) + (3 + 4));
  }

  @Test
  void a_normalization_of_a_value_with_another_use_stays() {
    OnnxGraph folded =
        fold(
            node("Conv", "x weights bias", "y"),
            normalization("y", "z"),
            node("Add", "y z", "sum"));

    assertThat(folded.nodes())
        .extracting(OnnxNode::opType)
        .containsExactly("Conv", "BatchNormalization", "Add");
    assertThat(values(folded, 0, 1)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void a_dropout_in_training_is_refused_by_name() {
    assertThatThrownBy(() -> fold(node("Dropout", "x ratio training", "y")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Dropout with outputs [y] is supported without training and mask only");
  }

  private static OnnxGraph fold(OnnxNode... nodes) {
    return fold(CONSTANTS, nodes);
  }

  private static OnnxGraph fold(Map<String, OnnxTensor> constants, OnnxNode... nodes) {
    String output = nodes[nodes.length - 1].output();
    return BatchNormalizationFolding.fold(
        new OnnxGraph(List.of(nodes), constants, List.of("x"), List.of(output)));
  }

  private static OnnxNode normalization(String input, String output) {
    return new OnnxNode(
        "BatchNormalization",
        List.of(input, "scale", "shift", "mean", "variance"),
        List.of(output),
        Map.of("epsilon", new OnnxNode.Attribute(1, 0, List.of(), null)));
  }

  private static OnnxNode node(String operator, String inputs, String output) {
    return new OnnxNode(
        operator,
        List.of(inputs.split(" ")),
        List.of(output),
        operator.equals("Gemm")
            ? Map.of("transB", new OnnxNode.Attribute(0, 1, List.of(), null))
            : Map.of());
  }

  private static float[] values(OnnxGraph graph, int node, int input) {
    OnnxTensor tensor = graph.constants().get(graph.nodes().get(node).inputs().get(input));
    return ((OnnxTensor.Floats) Objects.requireNonNull(tensor)).values();
  }

  private static OnnxTensor.Floats floats(List<Long> shape, float... values) {
    return new OnnxTensor.Floats(shape, values);
  }
}
