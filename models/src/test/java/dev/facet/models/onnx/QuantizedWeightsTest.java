package dev.facet.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QuantizedWeightsTest {

  private static final OnnxTensor WEIGHTS =
      new OnnxTensor.Bytes(List.of(2L, 3L), new byte[] {1, 2, 3, -4, -5, 127});

  @Test
  void blocks_of_the_last_axis_have_their_own_scale_and_zero_point() {
    // two blocks a row: columns 0 and 1, and column 2 alone
    float[] values =
        expanded(
            1,
            2,
            new OnnxTensor.Floats(List.of(2L, 2L), new float[] {1, 10, 100, 0.5f}),
            new OnnxTensor.Bytes(List.of(2L, 2L), new byte[] {0, 1, -1, 7}));

    assertThat(values).containsExactly(1, 2, 20, -300, -400, 60);
  }

  @Test
  void blocks_of_the_first_axis_have_their_own_scale_and_zero_point() {
    // one block a column
    float[] values =
        expanded(
            0,
            2,
            new OnnxTensor.Floats(List.of(1L, 3L), new float[] {1, 10, 100}),
            new OnnxTensor.Bytes(List.of(1L, 3L), new byte[] {0, 1, -1}));

    assertThat(values).containsExactly(1, 10, 400, -4, -60, 12_800);
  }

  @Test
  void a_reshape_of_weights_is_evaluated() {
    OnnxGraph graph =
        graph(
            1,
            3,
            new OnnxTensor.Floats(List.of(2L, 1L), new float[] {1, 1}),
            new OnnxTensor.Bytes(List.of(2L, 1L), new byte[2]));

    OnnxGraph expanded = QuantizedWeights.expand(graph);

    assertThat(expanded.nodes()).extracting(OnnxNode::opType).containsExactly("Conv");
    assertThat(Objects.requireNonNull(expanded.constants().get("reshaped")).shape())
        .containsExactly(6L, 1L);
  }

  @Test
  void wrong_counts_are_refused_by_name() {
    assertThatThrownBy(
            () ->
                expanded(
                    1,
                    2,
                    new OnnxTensor.Floats(List.of(2L), new float[] {1, 1}),
                    new OnnxTensor.Bytes(List.of(2L), new byte[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DequantizeLinear with outputs [weights] must have 4 scales and zero points");
  }

  @Test
  void weights_without_blocks_are_refused_by_name() {
    assertThatThrownBy(
            () ->
                expanded(
                    1,
                    0,
                    new OnnxTensor.Floats(List.of(), new float[] {1}),
                    new OnnxTensor.Bytes(List.of(), new byte[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("DequantizeLinear with outputs [weights] is supported with");
  }

  private static float[] expanded(int axis, int size, OnnxTensor scales, OnnxTensor zeroPoints) {
    OnnxTensor weights =
        QuantizedWeights.expand(graph(axis, size, scales, zeroPoints)).constants().get("weights");
    return ((OnnxTensor.Floats) Objects.requireNonNull(weights)).values();
  }

  private static OnnxGraph graph(int axis, int size, OnnxTensor scales, OnnxTensor zeroPoints) {
    return new OnnxGraph(
        List.of(
            new OnnxNode(
                "DequantizeLinear",
                List.of("quantized", "scales", "zeros"),
                List.of("weights"),
                Map.of("axis", integer(axis), "block_size", integer(size))),
            new OnnxNode("Reshape", List.of("weights", "shape"), List.of("reshaped"), Map.of()),
            new OnnxNode("Conv", List.of("x", "reshaped"), List.of("y"), Map.of())),
        Map.of(
            "quantized",
            WEIGHTS,
            "scales",
            scales,
            "zeros",
            zeroPoints,
            "shape",
            new OnnxTensor.Longs(List.of(2L), List.of(6L, 1L))),
        List.of("x"),
        List.of("y"));
  }

  private static OnnxNode.Attribute integer(long value) {
    return new OnnxNode.Attribute(0, value, List.of(), null);
  }
}
