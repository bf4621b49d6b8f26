package dev.facet.models.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A network as a TorchScript module: straight-line code over one input tensor {@code x}, with
 * weights and prepacked convolutions as attributes. {@code torch::jit::load} takes the archive that
 * {@link #write} makes, without Python.
 *
 * <p>Convolutions run on XNNPACK ({@code prepacked::conv2d_clamp_run}), whose weights are packed
 * once when the module is loaded; the input is brought into channels-last order first, which all
 * operations then keep.
 */
public final class ScriptModule {

  private final String name;
  private final List<Tensor> weights = new ArrayList<>();
  private final List<Convolution> convolutions = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private int variables;

  /**
   * @param name the module's class name, letters only
   */
  public ScriptModule(String name) {
    this.name = name;
  }

  /** Adds weights; returns the expression that means them. */
  public String weight(Tensor tensor) {
    weights.add(tensor);
    return "self.w" + (weights.size() - 1);
  }

  /** Adds a convolution of a value; returns the variable that holds its result. */
  public String convolve(String x, Convolution convolution) {
    convolutions.add(convolution);
    return let(
        "ops.prepacked.conv2d_clamp_run(%s, self.c%d)".formatted(x, convolutions.size() - 1));
  }

  /** Adds an assignment; returns the new variable. */
  public String let(String expression) {
    String variable = "v" + variables++;
    body.append("    ").append(variable).append(" = ").append(expression).append('\n');
    return variable;
  }

  /**
   * Writes the archive; the same module gives the same bytes.
   *
   * @param results the variables that the module returns: one as a tensor, several as a tuple
   */
  public void write(Path file, List<String> results) throws IOException {
    String root = name.toLowerCase(Locale.ROOT) + "/";
    List<Tensor> stored = new ArrayList<>();
    byte[] state = state(stored);
    try (Archive archive = new Archive(file)) {
      archive.record(root + "data.pkl", state);
      archive.record(root + "code/__torch__.py", code(results).getBytes(UTF_8));
      for (int i = 0; i < stored.size(); i++) {
        archive.record(root + "data/" + i, littleEndian(stored.get(i).values()));
      }
      archive.record(root + "constants.pkl", new Pickle().emptyTuple().end());
      archive.record(root + "version", "10\n".getBytes(UTF_8));
    }
  }

  private String code(List<String> results) {
    StringBuilder code = new StringBuilder("class " + name + "(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = []\n");
    code.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    for (int i = 0; i < weights.size(); i++) {
      code.append("  w").append(i).append(" : Tensor\n");
    }
    for (int i = 0; i < convolutions.size(); i++) {
      code.append("  c").append(i).append(" : __torch__.torch.classes.xnnpack.Conv2dOpContext\n");
    }
    boolean one = results.size() == 1;
    String type =
        one
            ? "Tensor"
            : "Tuple[" + String.join(", ", Collections.nCopies(results.size(), "Tensor")) + "]";
    code.append("  def forward(self: __torch__.").append(name).append(",\n    x: Tensor) -> ");
    code.append(type).append(":\n    x = torch.contiguous(x, memory_format=2)\n").append(body);
    String values = String.join(", ", results);
    return code.append("    return ")
        .append(one ? values : "(" + values + ")")
        .append('\n')
        .toString();
  }

  private byte[] state(List<Tensor> stored) {
    Pickle pickle = new Pickle().global("__torch__", name).instance();
    pickle.dictionary(
        attributes -> {
          attributes.text("training").bool(false).text("_is_full_backward_hook").none();
          for (int i = 0; i < weights.size(); i++) {
            tensor(attributes.text("w" + i), weights.get(i), stored);
          }
          for (int i = 0; i < convolutions.size(); i++) {
            prepacked(attributes.text("c" + i), convolutions.get(i), stored);
          }
        });
    return pickle.build().end();
  }

  private static void prepacked(Pickle pickle, Convolution c, List<Tensor> stored) {
    pickle
        .global("__torch__.torch.classes.xnnpack", "Conv2dOpContext")
        .instance()
        .tuple(
            state -> {
              tensor(state, c.weight(), stored);
              if (c.bias() == null) {
                state.none();
              } else {
                tensor(state, c.bias(), stored);
              }
              state.integerList(c.stride()).integerList(c.padding()).integerList(c.dilation());
              state.integer(c.groups()).number(c.least()).number(c.most());
            })
        .build();
  }

  private static void tensor(Pickle pickle, Tensor tensor, List<Tensor> stored) {
    String key = Integer.toString(stored.size());
    stored.add(tensor);
    pickle
        .global("torch._utils", "_rebuild_tensor_v2")
        .tuple(
            arguments ->
                arguments
                    .tuple(
                        storage ->
                            storage
                                .text("storage")
                                .global("torch", "FloatStorage")
                                .text(key)
                                .text("cpu")
                                .integer(tensor.values().length))
                    .persistentId()
                    .integer(0)
                    .integers(tensor.shape())
                    .integers(tensor.strides())
                    .bool(false)
                    .global("collections", "OrderedDict")
                    .emptyTuple()
                    .reduce())
        .reduce();
  }

  private static byte[] littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
