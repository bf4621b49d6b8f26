package dev.facet.vision;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/** A loaded network of a bundle. Safe for concurrent use; a {@link Feed} is not. */
final class Network implements AutoCloseable {

  private final Net net;
  private final SharedModels models;
  private final Model model;

  private Network(Net net, SharedModels models, Model model) {
    this.net = net;
    this.models = models;
    this.model = model;
  }

  /**
   * Loads a network, unless another bundle has, and runs it once on an input of zeros.
   *
   * @throws BundleException if it can't be loaded, or its outputs do not match its manifest
   */
  static Network load(Bundle bundle, Net net, SharedModels models) {
    Path file = bundle.file(net);
    Model model = models.acquire(net.sha256(), () -> load(net, file));
    Network network = new Network(net, models, model);
    network.check(file);
    return network;
  }

  private static Model load(Net net, Path file) {
    Model model = Model.newInstance(net.file(), "PyTorch");
    try {
      model.load(file);
      return model;
    } catch (MalformedModelException | IOException e) {
      model.close();
      throw new BundleException(file, "no TorchScript network");
    }
  }

  private void check(Path file) {
    try (Feed feed = feed()) {
      List<Long> expected =
          net.outputs().stream()
              .map(output -> output.shape().stream().reduce(1L, (a, b) -> a * b))
              .toList();
      float[][] answers = feed.runOnNothing(net.input().width(), net.input().height());
      List<Long> found = Arrays.stream(answers).map(a -> (long) a.length).toList();
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

  /** Returns a new feed of this network, for one thread at a time. */
  Feed feed() {
    return new Feed();
  }

  /** Returns the network's entry in the manifest. */
  Net net() {
    return net;
  }

  @Override
  public void close() {
    models.release(net.sha256());
  }

  /**
   * Converts pixels to the network's input and runs the network. The input buffer is reused from
   * run to run. Its layout is that of pixels (rows, columns, channels), on which the convolutions
   * work.
   */
  final class Feed implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Preprocessing normalisation = Preprocessing.of(net.input());
    private final int channels = net.input().colours().channels();
    private ByteBuffer input = ByteBuffer.allocateDirect(0);

    /**
     * Runs the network on a picture.
     *
     * @param pixels 8-bit blue, green, red, in the size of the network's input; one channel if the
     *     network takes grey
     * @return the outputs' numbers, in the manifest's order
     */
    float[][] run(Mat pixels) {
      return run(List.of(pixels)).getFirst();
    }

    /**
     * Runs the network once on several pictures, which takes less time than a run for each.
     *
     * @param pictures at least one, all of one size
     * @return the outputs' numbers for each picture
     */
    List<float[][]> run(List<Mat> pictures) {
      return run(pictures, pictures.getFirst().cols(), pictures.getFirst().rows());
    }

    /**
     * Runs the network once on canvases, each with a picture in its upper left corner and zeros
     * (after normalisation) elsewhere.
     *
     * @param pictures at least one, none larger than the canvas
     * @param width columns of a canvas
     * @param height rows of a canvas
     */
    List<float[][]> run(List<Mat> pictures, int width, int height) {
      try (Mat canvases = canvases(pictures.size(), width, height)) {
        for (int i = 0; i < pictures.size(); i++) {
          paint(canvases, i * height, pictures.get(i), width, height);
        }
      }
      return run(pictures.size(), width, height);
    }

    /** Runs the network on an input of zeros. */
    private float[][] runOnNothing(int width, int height) {
      try (Mat canvas = canvases(1, width, height)) {
        clear(canvas, 0, 0, width, height);
      }
      return run(1, width, height).getFirst();
    }

    /** Returns the input buffer, grown if needed, as one matrix of canvases below each other. */
    private Mat canvases(int count, int width, int height) {
      int bytes = count * channels * width * height * Float.BYTES;
      if (bytes > input.capacity()) {
        input = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      }
      input.clear().limit(bytes);
      return new Mat(count * height, width, CV_MAKETYPE(CV_32F, channels), new Pointer(input));
    }

    private void paint(Mat canvases, int top, Mat picture, int width, int height) {
      int columns = picture.cols();
      int rows = picture.rows();
      try (Mat shown = part(canvases, 0, top, columns, rows)) {
        normalisation.apply(picture, shown);
      }
      clear(canvases, columns, top, width - columns, height);
      clear(canvases, 0, top + rows, columns, height - rows);
    }

    private static Mat part(Mat canvases, int x, int y, int columns, int rows) {
      try (Rect window = new Rect(x, y, columns, rows)) {
        return new Mat(canvases, window);
      }
    }

    private static void clear(Mat canvases, int x, int y, int columns, int rows) {
      if (columns > 0 && rows > 0) {
        try (Mat margin = part(canvases, x, y, columns, rows);
            Scalar zero = Scalar.all(0)) {
          margin.put(zero);
        }
      }
    }

    private List<float[][]> run(int count, int width, int height) {
      try (NDManager scope = manager.newSubManager()) {
        NDArray pixels =
            scope.create(input, new Shape(count, height, width, channels), DataType.FLOAT32);
        NDArray planes = pixels.transpose(0, 3, 1, 2);
        NDList answers =
            model.getBlock().forward(new ParameterStore(scope, false), new NDList(planes), false);
        List<float[]> all = answers.stream().map(NDArray::toFloatArray).toList();
        return IntStream.range(0, count).mapToObj(picture -> share(all, picture, count)).toList();
      }
    }

    /** Returns one picture's part of each output. */
    private static float[][] share(List<float[]> outputs, int picture, int count) {
      return outputs.stream()
          .map(
              numbers -> {
                int each = numbers.length / count;
                return Arrays.copyOfRange(numbers, picture * each, (picture + 1) * each);
              })
          .toArray(float[][]::new);
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
