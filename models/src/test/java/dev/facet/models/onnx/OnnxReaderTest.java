package dev.facet.models.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.facet.models.onnx.schema.AttributeProto;
import dev.facet.models.onnx.schema.GraphProto;
import dev.facet.models.onnx.schema.ModelProto;
import dev.facet.models.onnx.schema.NodeProto;
import dev.facet.models.onnx.schema.OperatorSetIdProto;
import dev.facet.models.onnx.schema.TensorProto;
import dev.facet.models.onnx.schema.TensorProto.DataLocation;
import dev.facet.models.onnx.schema.TensorProto.DataType;
import dev.facet.models.onnx.schema.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OnnxReaderTest {

  @TempDir private Path folder;

  @Test
  void nodes_weights_inputs_and_outputs_are_read() throws IOException {
    OnnxGraph graph = read(model(floats("w").addFloatData(1).addFloatData(-2).build()));

    assertThat(graph.inputs()).containsExactly("x");
    assertThat(graph.outputs()).containsExactly("y");
    OnnxNode node = graph.nodes().getFirst();
    assertThat(node.opType()).isEqualTo("Conv");
    assertThat(node.inputs()).containsExactly("x", "w");
    assertThat(node.integers("pads")).containsExactly(1L, -1L);
    assertThat(node.integer("group", 1)).isEqualTo(2);
    assertThat(node.number("epsilon", 0)).isEqualTo(0.5f);
    assertThat(node.tensor("value")).isEqualTo(new OnnxTensor.Longs(List.of(), List.of(9L)));
    assertThat(weights(graph)).containsExactly(1, -2);
  }

  @Test
  void raw_data_is_little_endian() throws IOException {
    ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    raw.putFloat(1.5f).putFloat(-2).flip();

    OnnxGraph graph = read(model(floats("w").setRawData(ByteString.copyFrom(raw)).build()));

    assertThat(weights(graph)).containsExactly(1.5f, -2);
  }

  @Test
  void raw_int64_data_is_read() throws IOException {
    ByteBuffer raw = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    raw.putLong(-1).putLong(1L << 40).flip();
    TensorProto.Builder longs = tensor("w", DataType.INT64).addDims(2);

    OnnxGraph graph = read(model(longs.setRawData(ByteString.copyFrom(raw)).build()));

    assertThat(graph.constants().get("w"))
        .isEqualTo(new OnnxTensor.Longs(List.of(2L), List.of(-1L, 1L << 40)));
  }

  @Test
  void a_file_truncated_anywhere_is_refused_by_name() throws IOException {
    byte[] whole = model(floats("w").addFloatData(1).addFloatData(-2).build()).toByteArray();
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("net.onnx"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> OnnxReader.read(file))
          .as("the first %d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("net.onnx cannot be read as an ONNX model: ");
    }
  }

  @Test
  void a_file_in_another_format_is_refused_by_name() throws IOException {
    Path file = Files.write(folder.resolve("net.onnx"), "<html>404</html>".getBytes(UTF_8));

    assertThatThrownBy(() -> OnnxReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("net.onnx cannot be read as an ONNX model: ");
  }

  @Test
  void a_model_without_a_graph_is_refused() {
    assertRefused(ModelProto.getDefaultInstance(), "it has no graph");
  }

  @Test
  void a_tensor_of_another_type_is_refused() {
    assertRefused(
        model(tensor("w", DataType.FLOAT16).build()),
        "tensor w is of type 10, not FLOAT (1), INT8 (3) or INT64 (7)");
    assertRefused(
        model(TensorProto.newBuilder().setName("w").setDataType(99).build()),
        "tensor w is of type 99, not FLOAT (1), INT8 (3) or INT64 (7)");
  }

  @Test
  void a_tensor_in_another_file_is_refused() {
    assertRefused(
        model(floats("w").setDataLocation(DataLocation.EXTERNAL).build()),
        "tensor w is in another file");
  }

  @Test
  void a_tensor_with_too_few_or_too_many_elements_is_refused() {
    String message = "tensor w does not hold the 2 elements of its shape [2]";
    assertRefused(model(floats("w").addFloatData(1).build()), message);
    assertRefused(model(floats("w").setRawData(ByteString.copyFrom(new byte[9])).build()), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 22, 23})
  void another_operator_set_is_refused(int version) {
    ModelProto other =
        model(floats("w").addFloatData(1).addFloatData(2).build()).toBuilder()
            .setOpsetImport(0, operators("", version))
            .build();

    assertRefused(other, "its operator set is " + version + ", not 9 to 21");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReduceMean", "Shape", "Softmax", "Split", "Unsqueeze"})
  void an_operator_that_set_13_or_a_later_one_changed_is_refused_there(String operator)
      throws IOException {
    ModelProto.Builder model =
        model(floats("w").addFloatData(1).addFloatData(2).build()).toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setOpType(operator);

    assertThat(read(model.setOpsetImport(0, operators("", 12)).build()).nodes()).hasSize(1);
    assertRefused(
        model.setOpsetImport(0, operators("", 13)).build(),
        "operator " + operator + " is of the set 13, not 9 to 12");
  }

  @Test
  void int8_weights_are_read() throws IOException {
    TensorProto bytes =
        tensor("w", DataType.INT8)
            .addDims(3)
            .setRawData(ByteString.copyFrom(new byte[] {-128, 0, 127}))
            .build();

    OnnxTensor read = read(model(bytes)).constants().get("w");

    assertThat(((OnnxTensor.Bytes) Objects.requireNonNull(read)).values())
        .containsExactly(-128, 0, 127);
    assertRefused(
        model(bytes.toBuilder().addDims(2).build()),
        "tensor w does not hold the 6 elements of its shape [3, 2]");
  }

  @Test
  void an_input_that_no_node_reads_is_dropped() throws IOException {
    ModelProto.Builder model =
        model(floats("w").addFloatData(1).addFloatData(2).build()).toBuilder();
    model.getGraphBuilder().addInput(ValueInfoProto.newBuilder().setName("replaced"));

    assertThat(read(model.build()).inputs()).containsExactly("x");
  }

  @Test
  void operators_of_onnx_need_a_set() {
    ModelProto model = model(floats("w").addFloatData(1).addFloatData(2).build());

    assertRefused(model.toBuilder().clearOpsetImport().build(), "it names no operator set");
    assertRefused(
        model.toBuilder().setOpsetImport(0, operators("com.microsoft", 9)).build(),
        "it names no operator set");
  }

  @Test
  void the_sets_of_onnx_are_read_under_both_of_its_names() throws IOException {
    ModelProto.Builder model =
        model(floats("w").addFloatData(1).addFloatData(2).build()).toBuilder();

    assertThat(read(model.setOpsetImport(0, operators("ai.onnx", 12)).build()).nodes()).hasSize(1);
  }

  @Test
  void an_operator_of_another_domain_is_refused() {
    ModelProto.Builder model =
        model(floats("w").addFloatData(1).addFloatData(2).build()).toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setDomain("com.microsoft");

    assertRefused(model.build(), "operator Conv is of the domain com.microsoft, not ONNX's own");
  }

  private static OperatorSetIdProto operators(String domain, long version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private void assertRefused(ModelProto model, String message) {
    assertThatThrownBy(() -> read(model))
        .isInstanceOf(IOException.class)
        .hasMessage("net.onnx cannot be read as an ONNX model: " + message);
  }

  private OnnxGraph read(ModelProto model) throws IOException {
    return OnnxReader.read(Files.write(folder.resolve("net.onnx"), model.toByteArray()));
  }

  private static float[] weights(OnnxGraph graph) {
    return ((OnnxTensor.Floats) Objects.requireNonNull(graph.constants().get("w"))).values();
  }

  private static ModelProto model(TensorProto weights) {
    return ModelProto.newBuilder()
        .addOpsetImport(operators("", 9))
        .setGraph(
            GraphProto.newBuilder()
                .addNode(node())
                .addInitializer(weights)
                .addInput(ValueInfoProto.newBuilder().setName("x"))
                .addInput(ValueInfoProto.newBuilder().setName("w"))
                .addOutput(ValueInfoProto.newBuilder().setName("y")))
        .build();
  }

  private static NodeProto.Builder node() {
    TensorProto.Builder scalar = tensor("", DataType.INT64).addInt64Data(9);
    return NodeProto.newBuilder()
        .setOpType("Conv")
        .addInput("x")
        .addInput("w")
        .addOutput("y")
        .addAttribute(AttributeProto.newBuilder().setName("pads").addInts(1).addInts(-1))
        .addAttribute(AttributeProto.newBuilder().setName("group").setI(2))
        .addAttribute(AttributeProto.newBuilder().setName("epsilon").setF(0.5f))
        .addAttribute(AttributeProto.newBuilder().setName("value").setT(scalar));
  }

  private static TensorProto.Builder floats(String name) {
    return tensor(name, DataType.FLOAT).addDims(2);
  }

  private static TensorProto.Builder tensor(String name, DataType type) {
    return TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
  }
}
