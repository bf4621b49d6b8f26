package dev.facet.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import dev.facet.models.onnx.OnnxGraph;
import dev.facet.models.onnx.OnnxNode;
import dev.facet.models.onnx.OnnxTensor;
import dev.facet.models.torchscript.Convolution;
import dev.facet.models.torchscript.ConvolutionKernel;
import dev.facet.models.torchscript.FloatTensor;
import dev.facet.models.torchscript.ScriptModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OnnxToTorchScriptTest {

  @TempDir private Path folder;

  @Test
  void an_unknown_operator_is_refused_by_name() {
    OnnxNode unknown = new OnnxNode("Fancy", List.of("in"), List.of("out"), Map.of());
    OnnxGraph graph = new OnnxGraph(List.of(unknown), Map.of(), List.of("in"), List.of("out"));

    assertThatThrownBy(
            () ->
                OnnxToTorchScript.convert(
                    graph, "Odd", _ -> ConvolutionKernel.XNNPACK, folder.resolve("odd.pt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown operator: Fancy with outputs [out]");
  }

  /** Shuffles four channels, concatenated from two parts, in two groups: 0, 2, 1, 3. */
  @ParameterizedTest
  @CsvSource({"2, 2", "1, 3"})
  void channels_are_shuffled_for_any_sizes_of_the_parts(long first, long second) throws Exception {
    OnnxNode.Attribute one = new OnnxNode.Attribute(0, 1, List.of(), null);
    OnnxGraph graph =
        new OnnxGraph(
            List.of(
                node(
                    "Split",
                    "in",
                    List.of("a", "b"),
                    Map.of("axis", one, "split", list(first, second))),
                node("Concat", "a b", List.of("concat"), Map.of("axis", one)),
                node("Reshape", "concat five", List.of("grouped"), Map.of()),
                node(
                    "Transpose",
                    "grouped",
                    List.of("transposed"),
                    Map.of("perm", list(0, 2, 1, 3, 4))),
                node("Reshape", "transposed four", List.of("out"), Map.of())),
            Map.of("five", longs(1, 2, 2, 2, 3), "four", longs(1, 4, 2, 3)),
            List.of("in"),
            List.of("out"));
    Path file = folder.resolve("shuffle.pt");
    OnnxToTorchScript.convert(graph, "Shuffle", _ -> ConvolutionKernel.BLAS, file);

    float[] output;
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        Model model = Model.newInstance("shuffle", "PyTorch")) {
      model.load(file);
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
        NDArray input = manager.arange(24f).reshape(1, 4, 2, 3);
        output = predictor.predict(new NDList(input)).singletonOrThrow().toFloatArray();
      }
    }

    assertThat(output)
        .containsExactly(
            0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17, 6, 7, 8, 9, 10, 11, 18, 19, 20, 21, 22, 23);
  }

  private static OnnxNode node(
      String op, String inputs, List<String> outputs, Map<String, OnnxNode.Attribute> attributes) {
    return new OnnxNode(op, List.of(inputs.split(" ")), outputs, attributes);
  }

  private static OnnxNode.Attribute list(long... values) {
    return new OnnxNode.Attribute(0, 0, LongStream.of(values).boxed().toList(), null);
  }

  private static OnnxTensor longs(long... values) {
    return new OnnxTensor.Longs(
        List.of((long) values.length), LongStream.of(values).boxed().toList());
  }

  @Test
  void a_value_without_a_producer_is_refused_by_name() {
    OnnxNode relu = new OnnxNode("Relu", List.of("other"), List.of("out"), Map.of());
    OnnxGraph graph = new OnnxGraph(List.of(relu), Map.of(), List.of("in"), List.of("out"));

    assertThatThrownBy(
            () ->
                OnnxToTorchScript.convert(
                    graph, "Odd", _ -> ConvolutionKernel.XNNPACK, folder.resolve("odd.pt")))
        .hasMessage("value other has no producer");
    assertThatThrownBy(() -> graph.subgraph(List.of("nowhere")))
        .hasMessage("value nowhere has no producer");
    assertThatThrownBy(() -> graph.from("nowhere")).hasMessage("value nowhere has no producer");
  }

  @Test
  void BLAS_refuses_a_convolution_that_is_not_pointwise() {
    List<Long> one = List.of(1L, 1L);
    FloatTensor weight = new FloatTensor(List.of(1L, 1L, 3L, 3L), new float[9]);
    Convolution wide = new Convolution(weight, null, one, one, one, 1, false);

    assertThatThrownBy(
            () -> new ScriptModule("Odd", _ -> ConvolutionKernel.BLAS).convolve("x", wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "BLAS needs a pointwise convolution, not 3 × 3 with strides [1, 1] and 1 groups");
  }
}
