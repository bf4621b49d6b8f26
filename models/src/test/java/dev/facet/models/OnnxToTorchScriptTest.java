package dev.facet.models;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.models.onnx.OnnxGraph;
import dev.facet.models.onnx.OnnxNode;
import dev.facet.models.onnx.OnnxReader;
import dev.facet.models.torchscript.Convolution;
import dev.facet.models.torchscript.Kernel;
import dev.facet.models.torchscript.ScriptModule;
import dev.facet.models.torchscript.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be converted is refused by name. */
class OnnxToTorchScriptTest {

  @TempDir private Path folder;

  @Test
  void anUnknownOperatorIsNamed() {
    OnnxNode odd = new OnnxNode("Fancy", List.of("in"), List.of("out"), Map.of());
    OnnxGraph graph = new OnnxGraph(List.of(odd), Map.of(), List.of("in"), List.of("out"));

    assertThatThrownBy(
            () ->
                OnnxToTorchScript.convert(
                    graph, "Odd", _ -> Kernel.XNNPACK, folder.resolve("odd.pt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown operator: Fancy that makes [out]");
  }

  @Test
  void aValueThatNothingMakesIsNamed() {
    OnnxNode relu = new OnnxNode("Relu", List.of("other"), List.of("out"), Map.of());
    OnnxGraph graph = new OnnxGraph(List.of(relu), Map.of(), List.of("in"), List.of("out"));

    assertThatThrownBy(
            () ->
                OnnxToTorchScript.convert(
                    graph, "Odd", _ -> Kernel.XNNPACK, folder.resolve("odd.pt")))
        .hasMessage("no value other");
    assertThatThrownBy(() -> graph.upTo(List.of("nowhere")))
        .hasMessage("no operation makes nowhere");
  }

  @Test
  void aProductOfMatricesIsNotTakenForAConvolutionThatLooksAround() {
    List<Long> one = List.of(1L, 1L);
    Tensor weight = new Tensor(List.of(1L, 1L, 3L, 3L), new float[9]);
    Convolution wide = new Convolution(weight, null, one, one, one, 1, false);

    assertThatThrownBy(() -> new ScriptModule("Odd", _ -> Kernel.BLAS).convolve("x", wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no product of matrices: 3 × 3 pixels, strides [1, 1], 1 groups");
  }

  @Test
  void aFileThatIsNoNetworkIsRefused() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.onnx"));

    assertThatThrownBy(() -> OnnxReader.read(empty)).hasMessage("empty.onnx is no ONNX model");
  }
}
