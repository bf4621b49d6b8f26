package dev.facet.face;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.BundleException;
import dev.facet.core.bundle.Net;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** One network of a bundle, loaded. Safe for concurrent use; a {@link Feed} is not. */
final class Network implements AutoCloseable {

  private final Net net;
  private final Model model;

  private Network(Net net, Model model) {
    this.net = net;
    this.model = model;
  }

  /**
   * Loads a network and runs it once on a black picture.
   *
   * @throws BundleException if it can't be loaded, or does not answer as its manifest says
   */
  static Network load(Bundle bundle, Net net) {
    Path file = bundle.file(net);
    Model model = Model.newInstance(net.file(), "PyTorch");
    try {
      model.load(file);
    } catch (MalformedModelException | IOException e) {
      model.close();
      throw new BundleException(file, "no TorchScript network");
    }
    Network network = new Network(net, model);
    network.check(file);
    return network;
  }

  private void check(Path file) {
    try (Feed feed = feed()) {
      List<Long> expected =
          net.outputs().stream()
              .map(output -> output.shape().stream().reduce(1L, (a, b) -> a * b))
              .toList();
      float[][] answers = feed.run(net.input().width(), net.input().height());
      List<Long> found = java.util.Arrays.stream(answers).map(a -> (long) a.length).toList();
      if (!found.equals(expected)) {
        close();
        throw new BundleException(
            file, "outputs hold %s numbers, not %s".formatted(found, expected));
      }
    } catch (RuntimeException e) {
      if (e instanceof BundleException) {
        throw e;
      }
      close();
      throw new BundleException(file, "the network fails on its own input");
    }
  }

  /** What feeds this network; for one thread at a time. */
  Feed feed() {
    return new Feed();
  }

  /** The manifest's entry. */
  Net net() {
    return net;
  }

  @Override
  public void close() {
    model.close();
  }

  /**
   * Turns pixels into the network's input and runs it. The input's memory is kept from run to run.
   */
  final class Feed implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final float[][] levels = Normalisation.levels(net.input());
    private ByteBuffer input = ByteBuffer.allocateDirect(0);
    private float[] plane = new float[0];
    private byte[] row = new byte[0];

    /**
     * Runs the network on a picture.
     *
     * @param pixels 8-bit blue, green, red, of the size that the network is to see; with one
     *     channel if the network sees grey
     * @return the outputs' numbers, in the manifest's order
     */
    float[][] run(Mat pixels) {
      return run(pixels, pixels.cols(), pixels.rows());
    }

    /**
     * Runs the network on a canvas whose upper left corner shows a picture; the rest is what the
     * network takes for nothing.
     *
     * @param pixels no larger than the canvas
     * @param width columns of the canvas
     * @param height rows of the canvas
     */
    float[][] run(Mat pixels, int width, int height) {
      FloatBuffer floats = clear(width, height);
      int channels = levels.length;
      int columns = pixels.cols();
      if (row.length < columns * channels) {
        row = new byte[columns * channels];
      }
      if (plane.length < width * height) {
        plane = new float[width * height];
      }
      byte[] all = new byte[columns * channels * pixels.rows()];
      for (int y = 0; y < pixels.rows(); y++) {
        pixels
            .ptr(y)
            .capacity((long) columns * channels)
            .asByteBuffer()
            .get(all, y * columns * channels, columns * channels);
      }
      for (int c = 0; c < channels; c++) {
        int from = Normalisation.channel(net.input().colours(), c);
        fill(all, from, channels, levels[c], columns, pixels.rows(), width);
        floats.put(c * width * height, plane, 0, width * pixels.rows());
      }
      return run(width, height);
    }

    private void fill(
        byte[] all, int from, int channels, float[] level, int columns, int rows, int width) {
      for (int y = 0; y < rows; y++) {
        int at = y * width;
        int in = y * columns * channels + from;
        for (int x = 0; x < columns; x++, in += channels) {
          plane[at + x] = level[all[in] & 0xFF];
        }
        java.util.Arrays.fill(plane, at + columns, at + width, 0);
      }
    }

    private FloatBuffer clear(int width, int height) {
      int bytes = levels.length * width * height * Float.BYTES;
      if (input.capacity() != bytes) {
        input = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      } else {
        zero(input);
      }
      return input.asFloatBuffer();
    }

    private static void zero(ByteBuffer buffer) {
      java.lang.foreign.MemorySegment.ofBuffer(buffer).fill((byte) 0);
    }

    private float[][] run(int width, int height) {
      if (input.capacity() != levels.length * width * height * Float.BYTES) {
        clear(width, height);
      }
      try (NDManager scope = manager.newSubManager()) {
        input.rewind();
        NDArray array =
            scope.create(input, new Shape(1, levels.length, height, width), DataType.FLOAT32);
        NDList answers =
            model.getBlock().forward(new ParameterStore(scope, false), new NDList(array), false);
        float[][] numbers = new float[answers.size()][];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = answers.get(i).toFloatArray();
        }
        return numbers;
      }
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
