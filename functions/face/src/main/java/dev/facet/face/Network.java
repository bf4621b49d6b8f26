package dev.facet.face;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_MAKETYPE;

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
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

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
      float[][] answers = feed.runOnNothing(net.input().width(), net.input().height());
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
   * Turns pixels into the network's input and runs it. The input's memory is kept from run to run;
   * its order is that of pixels (rows, columns, channels), which is what the convolutions work on.
   */
  final class Feed implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Normalisation normalisation = Normalisation.of(net.input());
    private final int channels = net.input().colours().channels();
    private ByteBuffer input = ByteBuffer.allocateDirect(0);
    private Mat canvas = new Mat();

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
      size(width, height);
      int columns = pixels.cols();
      int rows = pixels.rows();
      try (Mat picture = part(0, 0, columns, rows)) {
        normalisation.apply(pixels, picture);
      }
      clear(columns, 0, width - columns, height);
      clear(0, rows, columns, height - rows);
      return run(width, height);
    }

    /** Runs the network on nothing. */
    private float[][] runOnNothing(int width, int height) {
      size(width, height);
      clear(0, 0, width, height);
      return run(width, height);
    }

    private void size(int width, int height) {
      if (canvas.cols() == width && canvas.rows() == height) {
        return;
      }
      canvas.close();
      input =
          ByteBuffer.allocateDirect(channels * width * height * Float.BYTES)
              .order(ByteOrder.nativeOrder());
      canvas = new Mat(height, width, CV_MAKETYPE(CV_32F, channels), new Pointer(input));
    }

    private Mat part(int x, int y, int columns, int rows) {
      try (Rect window = new Rect(x, y, columns, rows)) {
        return new Mat(canvas, window);
      }
    }

    private void clear(int x, int y, int columns, int rows) {
      if (columns > 0 && rows > 0) {
        try (Mat margin = part(x, y, columns, rows);
            Scalar zero = Scalar.all(0)) {
          margin.put(zero);
        }
      }
    }

    private float[][] run(int width, int height) {
      try (NDManager scope = manager.newSubManager()) {
        input.rewind();
        NDArray pixels =
            scope.create(input, new Shape(1, height, width, channels), DataType.FLOAT32);
        NDArray planes = pixels.transpose(0, 3, 1, 2);
        NDList answers =
            model.getBlock().forward(new ParameterStore(scope, false), new NDList(planes), false);
        float[][] numbers = new float[answers.size()][];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = answers.get(i).toFloatArray();
        }
        return numbers;
      }
    }

    @Override
    public void close() {
      canvas.close();
      manager.close();
    }
  }
}
