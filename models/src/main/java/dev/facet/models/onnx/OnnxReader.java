package dev.facet.models.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the parts of an ONNX file that a converter needs: graph, weights and attributes. Field
 * numbers are those of {@code onnx.proto} (github.com/onnx/onnx).
 */
public final class OnnxReader {

  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private OnnxReader() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is not an ONNX model with float32 and int64 weights
   */
  public static OnnxGraph read(Path file) throws IOException {
    List<OnnxGraph> graphs = new ArrayList<>();
    fields(
        CodedInputStream.newInstance(Files.readAllBytes(file)),
        (field, in) -> {
          if (field == 7) {
            graphs.add(graph(in.readBytes()));
            return true;
          }
          return false;
        });
    if (graphs.size() != 1) {
      throw new IOException(file.getFileName() + " is no ONNX model");
    }
    return graphs.getFirst();
  }

  private static OnnxGraph graph(ByteString bytes) throws IOException {
    List<OnnxNode> nodes = new ArrayList<>();
    Map<String, OnnxTensor> constants = new HashMap<>();
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    fields(
        bytes.newCodedInput(),
        (field, in) -> {
          switch (field) {
            case 1 -> nodes.add(node(in.readBytes()));
            case 5 -> {
              Named named = tensor(in.readBytes());
              constants.put(named.name(), named.tensor());
            }
            case 11 -> inputs.add(name(in.readBytes()));
            case 12 -> outputs.add(name(in.readBytes()));
            default -> {
              return false;
            }
          }
          return true;
        });
    inputs.removeAll(constants.keySet());
    return new OnnxGraph(nodes, constants, inputs, outputs);
  }

  private static OnnxNode node(ByteString bytes) throws IOException {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<String> op = new ArrayList<>();
    Map<String, OnnxNode.Attribute> attributes = new HashMap<>();
    fields(
        bytes.newCodedInput(),
        (field, in) -> {
          switch (field) {
            case 1 -> inputs.add(in.readString());
            case 2 -> outputs.add(in.readString());
            case 4 -> op.add(in.readString());
            case 5 -> attribute(in.readBytes(), attributes);
            default -> {
              return false;
            }
          }
          return true;
        });
    return new OnnxNode(op.getFirst(), inputs, outputs, attributes);
  }

  private static void attribute(ByteString bytes, Map<String, OnnxNode.Attribute> into)
      throws IOException {
    String[] name = {""};
    float[] number = {0};
    long[] integer = {0};
    List<Long> integers = new ArrayList<>();
    List<OnnxTensor> tensors = new ArrayList<>();
    fields(
        bytes.newCodedInput(),
        (field, in) -> {
          switch (field) {
            case 1 -> name[0] = in.readString();
            case 2 -> number[0] = in.readFloat();
            case 3 -> integer[0] = in.readInt64();
            case 5 -> tensors.add(tensor(in.readBytes()).tensor());
            case 8 -> integers(in, integers);
            default -> {
              return false;
            }
          }
          return true;
        });
    into.put(name[0], new OnnxNode.Attribute(number[0], integer[0], integers, tensors));
  }

  private record Named(String name, OnnxTensor tensor) {}

  private static Named tensor(ByteString bytes) throws IOException {
    String[] name = {""};
    int[] type = {0};
    List<Long> shape = new ArrayList<>();
    List<Long> longs = new ArrayList<>();
    List<Float> floats = new ArrayList<>();
    ByteString[] raw = {ByteString.EMPTY};
    fields(
        bytes.newCodedInput(),
        (field, in) -> {
          switch (field) {
            case 1 -> integers(in, shape);
            case 2 -> type[0] = in.readInt32();
            case 4 -> floats(in, floats);
            case 7 -> integers(in, longs);
            case 8 -> name[0] = in.readString();
            case 9 -> raw[0] = in.readBytes();
            default -> {
              return false;
            }
          }
          return true;
        });
    ByteBuffer data = raw[0].asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return new Named(
        name[0],
        switch (type[0]) {
          case FLOAT -> new OnnxTensor.Floats(shape, floatValues(data, floats));
          case INT64 -> new OnnxTensor.Longs(shape, longValues(data, longs));
          default -> throw new IOException("tensor %s is of type %d".formatted(name[0], type[0]));
        });
  }

  private static float[] floatValues(ByteBuffer raw, List<Float> listed) {
    float[] values = new float[raw.remaining() / Float.BYTES + listed.size()];
    raw.asFloatBuffer().get(values, 0, raw.remaining() / Float.BYTES);
    for (int i = 0; i < listed.size(); i++) {
      values[i] = listed.get(i);
    }
    return values;
  }

  private static List<Long> longValues(ByteBuffer raw, List<Long> listed) {
    List<Long> values = new ArrayList<>(listed);
    while (raw.remaining() >= Long.BYTES) {
      values.add(raw.getLong());
    }
    return values;
  }

  private static String name(ByteString bytes) throws IOException {
    String[] name = {""};
    fields(
        bytes.newCodedInput(),
        (field, in) -> {
          if (field == 1) {
            name[0] = in.readString();
            return true;
          }
          return false;
        });
    return name[0];
  }

  /** Reads repeated integers, which may be packed or not. */
  private static void integers(CodedInputStream in, List<Long> into) throws IOException {
    if (WireFormat.getTagWireType(in.getLastTag()) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      into.add(in.readInt64());
      return;
    }
    CodedInputStream packed = in.readBytes().newCodedInput();
    while (!packed.isAtEnd()) {
      into.add(packed.readInt64());
    }
  }

  private static void floats(CodedInputStream in, List<Float> into) throws IOException {
    if (WireFormat.getTagWireType(in.getLastTag()) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      into.add(in.readFloat());
      return;
    }
    CodedInputStream packed = in.readBytes().newCodedInput();
    while (!packed.isAtEnd()) {
      into.add(packed.readFloat());
    }
  }

  /** Reads the value of a field, or returns false to skip it. */
  private interface FieldReader {
    boolean read(int field, CodedInputStream in) throws IOException;
  }

  private static void fields(CodedInputStream in, FieldReader reader) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!reader.read(WireFormat.getTagFieldNumber(tag), in)) {
        in.skipField(tag);
      }
    }
  }
}
