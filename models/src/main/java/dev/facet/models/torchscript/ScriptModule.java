package dev.facet.models.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A builder of a TorchScript module: straight-line code over one input tensor {@code x}. {@code
 * torch::jit::load} loads the archive that {@link #write} writes, without Python.
 *
 * <p>The archive holds plain tensors. Loading calls the {@code __setstate__} of the module, which
 * packs the weights of the convolutions for the CPU it runs on. All activations are in
 * channels-last memory order.
 */
public final class ScriptModule {

  private static final String STATE = "Tuple[bool, List[Tensor]]";

  private final String name;
  private final KernelSelector kernels;
  private final List<FloatTensor> tensors = new ArrayList<>();
  private final List<ModuleAttribute> attributes = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private final ValueLayouts layouts = new ValueLayouts(this::assign);
  private int variables;

  /** An attribute of the module, computed from the stored tensors when the module is loaded. */
  private record ModuleAttribute(String name, String type, String initializer) {}

  /**
   * @param name the class name of the module, letters only
   * @param kernels selects the kernel of each convolution
   */
  public ScriptModule(String name, KernelSelector kernels) {
    this.name = name;
    this.kernels = kernels;
  }

  /** Adds weights and returns the expression that holds them. */
  public String addWeight(FloatTensor tensor) {
    return addAttribute("w", "Tensor", addTensor(tensor));
  }

  /** Adds a convolution of a value and returns the value of its result. */
  public String convolve(String x, Convolution convolution) {
    String weight = addTensor(convolution.weight());
    String bias = convolution.bias() == null ? "None" : addTensor(convolution.bias());
    return switch (kernels.select(convolution)) {
      case BLAS -> matrixMultiplication(x, convolution, weight, bias);
      case ONEDNN -> channelsLast(x, assign(oneDnn(image(x), convolution, weight, bias)));
      case XNNPACK -> channelsLast(x, assign(xnnpack(image(x), convolution, weight, bias)));
    };
  }

  /**
   * Restores channels-last order after a convolution of the input of the module. A tensor with one
   * channel is contiguous in both memory orders, and XNNPACK returns its result in the wrong one.
   */
  private String channelsLast(String x, String result) {
    return x.equals("x")
        ? assign("torch.contiguous(%s, memory_format=2)".formatted(result))
        : result;
  }

  private String matrixMultiplication(String x, Convolution c, String weight, String bias) {
    if (!c.isPointwise()) {
      throw new IllegalArgumentException(
          "BLAS needs a pointwise convolution, not %d × %d with strides %s and %d groups"
              .formatted(
                  c.weight().shape().get(2), c.weight().shape().get(3), c.stride(), c.groups()));
    }
    String factor =
        addAttribute(
            "w", "Tensor", "torch.contiguous(torch.t(torch.flatten(%s, 1)))".formatted(weight));
    String rows = layouts.matrix(x);
    String result =
        assign(
            c.bias() == null
                ? "torch.mm(%s, %s)".formatted(rows, factor)
                : "torch.addmm(%s, %s, %s)"
                    .formatted(addAttribute("b", "Tensor", bias), rows, factor));
    return layouts.addMatrix(
        c.rectified() ? assign("torch.relu_(%s)".formatted(result)) : result, x);
  }

  /** Returns the variable that holds a value as images, N × C × H × W. */
  public String image(String value) {
    return layouts.image(value);
  }

  /**
   * Adds an element-wise operation, which runs on images and on matrices alike. The result is a
   * matrix if one of the operands has a matrix view.
   *
   * @param template the operation, with a format specifier for each operand
   * @param values the operands
   * @return the value of its result
   */
  @SuppressWarnings("AnnotateFormatMethod") // PyTorch's parser checks the expressions
  public String assignElementwise(String template, String... values) {
    if (Arrays.stream(values).noneMatch(layouts::hasMatrix)) {
      return assign(template.formatted((Object[]) values));
    }
    Object[] matrices = Arrays.stream(values).map(layouts::matrix).toArray();
    return layouts.addMatrix(assign(template.formatted(matrices)), values[0]);
  }

  /**
   * Interleaves the channels of two values of equal shape: channel 0 of the first, channel 0 of the
   * second, channel 1 of the first and so on. Building complex numbers from real and imaginary
   * parts is the only operation of PyTorch that interleaves at the speed of memory.
   *
   * @return the value of the result
   */
  public String interleaveChannels(String first, String second) {
    String interleaved =
        "torch.flatten(torch.view_as_real(torch.complex(%s, %s)), 1)"
            .formatted(layouts.matrix(first), layouts.matrix(second));
    return layouts.addMatrix(assign(interleaved), first);
  }

  private String xnnpack(String x, Convolution c, String weight, String bias) {
    String packed =
        "ops.prepacked.conv2d_clamp_prepack(%s, %s, %s, %s, %s, %d, %s, None)"
            .formatted(
                weight,
                bias,
                c.stride(),
                c.padding(),
                c.dilation(),
                c.groups(),
                c.rectified() ? "0." : "None");
    String context = addAttribute("c", "__torch__.torch.classes.xnnpack.Conv2dOpContext", packed);
    return "ops.prepacked.conv2d_clamp_run(%s, %s)".formatted(x, context);
  }

  private String oneDnn(String x, Convolution c, String weight, String bias) {
    String geometry = "%s, %s, %s, %d".formatted(c.padding(), c.stride(), c.dilation(), c.groups());
    String packed =
        "ops.mkldnn._reorder_convolution_weight(%s, %s, None)"
            .formatted("torch.contiguous(%s, memory_format=2)".formatted(weight), geometry);
    return "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, \"%s\", (), None)"
        .formatted(
            x,
            addAttribute("c", "Tensor", packed),
            bias.equals("None") ? bias : addAttribute("b", "Tensor", bias),
            geometry,
            c.rectified() ? "relu" : "none");
  }

  /** Adds an assignment and returns the new variable. */
  public String assign(String expression) {
    String variable = "v" + variables++;
    body.append("    ").append(variable).append(" = ").append(expression).append('\n');
    return variable;
  }

  private String addTensor(FloatTensor tensor) {
    tensors.add(tensor);
    return "tensors[%d]".formatted(tensors.size() - 1);
  }

  private String addAttribute(String prefix, String type, String initializer) {
    String attribute = prefix + attributes.size();
    attributes.add(new ModuleAttribute(attribute, type, initializer));
    return "self." + attribute;
  }

  /**
   * Writes the archive. The output is reproducible: equal modules give equal bytes.
   *
   * @param results the variables that the module returns: one as a tensor, several as a tuple
   */
  public void write(Path file, List<String> results) throws IOException {
    String root = name.toLowerCase(Locale.ROOT) + "/";
    try (TorchScriptArchive archive = new TorchScriptArchive(file)) {
      archive.write(root + "data.pkl", state());
      archive.write(root + "code/__torch__.py", code(results).getBytes(UTF_8));
      for (int i = 0; i < tensors.size(); i++) {
        archive.write(root + "data/" + i, littleEndian(tensors.get(i).values()));
      }
      archive.write(root + "constants.pkl", new PickleWriter().emptyTuple().finish());
      archive.write(root + "version", "10\n".getBytes(UTF_8));
    }
  }

  private String code(List<String> results) {
    StringBuilder code = new StringBuilder("class " + name + "(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = []\n");
    code.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    for (ModuleAttribute attribute : attributes) {
      code.append("  %s : %s\n".formatted(attribute.name(), attribute.type()));
    }
    String self = "self: __torch__." + name;
    // TorchScript requires both methods, but the module is never saved again
    code.append("  def __getstate__(%s) -> %s:\n".formatted(self, STATE));
    code.append("    return (self.training, annotate(List[Tensor], []))\n");
    code.append("  def __setstate__(%s,\n    state: %s) -> NoneType:\n".formatted(self, STATE));
    code.append("    training, tensors, = state\n    self.training = training\n");
    code.append("    self._is_full_backward_hook = None\n");
    for (ModuleAttribute attribute : attributes) {
      code.append("    self.%s = %s\n".formatted(attribute.name(), attribute.initializer()));
    }
    code.append("    return None\n");
    boolean one = results.size() == 1;
    String values = String.join(", ", results);
    String types = String.join(", ", Collections.nCopies(results.size(), "Tensor"));
    code.append("  def forward(%s,\n    x: Tensor) -> ".formatted(self));
    code.append(one ? types : "Tuple[" + types + "]");
    code.append(":\n    x = torch.contiguous(x, memory_format=2)\n").append(body);
    return code.append("    return ")
        .append(one ? values : "(" + values + ")")
        .append('\n')
        .toString();
  }

  private byte[] state() {
    return new PickleWriter()
        .global("__torch__", name)
        .instance()
        .tuple(
            state ->
                state
                    .bool(false)
                    .list(
                        list -> {
                          for (int key = 0; key < tensors.size(); key++) {
                            tensor(list, tensors.get(key), key);
                          }
                        }))
        .build()
        .finish();
  }

  private static void tensor(PickleWriter pickle, FloatTensor tensor, int key) {
    pickle
        .global("torch._utils", "_rebuild_tensor_v2")
        .tuple(
            arguments ->
                arguments
                    .tuple(
                        storage ->
                            storage
                                .string("storage")
                                .global("torch", "FloatStorage")
                                .string(Integer.toString(key))
                                .string("cpu")
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
