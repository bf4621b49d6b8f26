package dev.facet.models.onnx;

import static java.util.stream.Collectors.toSet;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the parts of an ONNX file that a converter needs: graph, weights and attributes. The file
 * format is protobuf; its schema is {@code src/main/protobuf/onnx.proto}.
 */
public final class OnnxReader {

  private static final int MIN_OPERATOR_SET = 9;
  private static final int MAX_OPERATOR_SET = 21;

  /** The last operator set in which {@link #CHANGED_LATER} have the attributes of set 9. */
  private static final int LAST_UNCHANGED_SET = 12;

  /** Operators that the converter would misread in a later set. */
  private static final Set<String> CHANGED_LATER =
      Set.of("ReduceMean", "Shape", "Softmax", "Split", "Unsqueeze");

  private OnnxReader() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, is not an ONNX model with float32, int8 and int64
   *     weights, or uses operators of other sets than ONNX's 9 to 21; the message names the file
   */
  public static OnnxGraph read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      ModelProto model = ModelProto.parseFrom(bytes);
      if (!model.hasGraph()) {
        throw new IOException("it has no graph");
      }
      requireOperatorSet(model);
      return graph(model.getGraph());
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be read as an ONNX model: %s".formatted(file.getFileName(), e.getMessage()),
          e);
    }
  }

  /**
   * Checks the version of ONNX's own operators: some of those that are converted have other
   * attributes, inputs or defaults in other versions.
   */
  private static void requireOperatorSet(ModelProto model) throws IOException {
    long version =
        model.getOpsetImportList().stream()
            .filter(set -> isOnnx(set.getDomain()))
            .mapToLong(OperatorSetIdProto::getVersion)
            .findFirst()
            .orElseThrow(() -> new IOException("it names no operator set"));
    if (version < MIN_OPERATOR_SET || version > MAX_OPERATOR_SET) {
      throw new IOException(
          "its operator set is %d, not %d to %d"
              .formatted(version, MIN_OPERATOR_SET, MAX_OPERATOR_SET));
    }
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (version > LAST_UNCHANGED_SET && CHANGED_LATER.contains(node.getOpType())) {
        throw new IOException(
            "operator %s is of the set %d, not %d to %d"
                .formatted(node.getOpType(), version, MIN_OPERATOR_SET, LAST_UNCHANGED_SET));
      }
    }
  }

  private static boolean isOnnx(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private static OnnxGraph graph(GraphProto graph) throws IOException {
    List<OnnxNode> nodes = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      nodes.add(node(node));
    }
    Map<String, OnnxTensor> constants = new HashMap<>();
    for (TensorProto initializer : graph.getInitializerList()) {
      constants.put(initializer.getName(), tensor(initializer));
    }
    List<String> inputs = new ArrayList<>(names(graph.getInputList()));
    inputs.removeAll(constants.keySet()); // files of IR version 3 and older list both
    // a quantizer leaves the names of the weights that it replaced
    inputs.retainAll(nodes.stream().flatMap(node -> node.inputs().stream()).collect(toSet()));
    return new OnnxGraph(nodes, constants, inputs, names(graph.getOutputList()));
  }

  private static List<String> names(List<ValueInfoProto> values) {
    return values.stream().map(ValueInfoProto::getName).toList();
  }

  private static OnnxNode node(NodeProto node) throws IOException {
    if (!isOnnx(node.getDomain())) {
      throw new IOException(
          "operator %s is of the domain %s, not ONNX's own"
              .formatted(node.getOpType(), node.getDomain()));
    }
    Map<String, OnnxNode.Attribute> attributes = new HashMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      attributes.put(attribute.getName(), attribute(attribute));
    }
    return new OnnxNode(
        node.getOpType(),
        List.copyOf(node.getInputList()),
        List.copyOf(node.getOutputList()),
        attributes);
  }

  private static OnnxNode.Attribute attribute(AttributeProto attribute) throws IOException {
    return new OnnxNode.Attribute(
        attribute.getF(),
        attribute.getI(),
        List.copyOf(attribute.getIntsList()),
        attribute.hasT() ? tensor(attribute.getT()) : null);
  }

  private static OnnxTensor tensor(TensorProto tensor) throws IOException {
    if (tensor.getDataLocation() == DataLocation.EXTERNAL) {
      throw new IOException("tensor %s is in another file".formatted(tensor.getName()));
    }
    List<Long> shape = List.copyOf(tensor.getDimsList());
    return switch (DataType.forNumber(tensor.getDataType())) {
      case FLOAT -> new OnnxTensor.Floats(shape, floats(tensor));
      case INT8 -> new OnnxTensor.Bytes(shape, bytes(tensor));
      case INT64 -> new OnnxTensor.Longs(shape, longs(tensor));
      case null, default ->
          throw new IOException(
              "tensor %s is of type %d, not FLOAT (1), INT8 (3) or INT64 (7)"
                  .formatted(tensor.getName(), tensor.getDataType()));
    };
  }

  private static float[] floats(TensorProto tensor) throws IOException {
    float[] values = new float[count(tensor, tensor.getFloatDataCount(), Float.BYTES)];
    if (tensor.hasRawData()) {
      littleEndian(tensor.getRawData()).asFloatBuffer().get(values);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.getFloatData(i);
      }
    }
    return values;
  }

  /** Returns int8 numbers, which are read as raw data only. */
  private static byte[] bytes(TensorProto tensor) throws IOException {
    count(tensor, 0, Byte.BYTES);
    return tensor.getRawData().toByteArray();
  }

  private static List<Long> longs(TensorProto tensor) throws IOException {
    int count = count(tensor, tensor.getInt64DataCount(), Long.BYTES);
    if (!tensor.hasRawData()) {
      return List.copyOf(tensor.getInt64DataList());
    }
    ByteBuffer raw = littleEndian(tensor.getRawData());
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(raw.getLong());
    }
    return values;
  }

  /** Returns the number of elements, after checking that the tensor holds as many. */
  private static int count(TensorProto tensor, int listed, int bytesPerElement) throws IOException {
    long count = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    boolean complete =
        tensor.hasRawData()
            ? tensor.getRawData().size() == count * bytesPerElement
            : listed == count;
    if (!complete) {
      throw new IOException(
          "tensor %s does not hold the %d elements of its shape %s"
              .formatted(tensor.getName(), count, tensor.getDimsList()));
    }
    return (int) count;
  }

  private static ByteBuffer littleEndian(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
