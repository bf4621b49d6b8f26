package dev.facet.benchmarks.ours;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.facet.benchmarks.peers.Network;
import dev.facet.core.bundle.Bundle;
import dev.facet.core.bundle.Net;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One network of the bundle in isolation, run on noise. */
final class TorchNetwork {

  private final Model model;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final ByteBuffer input;
  private final Shape shape;

  private TorchNetwork(Model model, Shape shape) {
    this.model = model;
    this.shape = shape;
    this.input =
        ByteBuffer.allocateDirect(Math.toIntExact(shape.size() * Float.BYTES))
            .order(ByteOrder.nativeOrder());
    Random noise = new Random(1);
    while (input.hasRemaining()) {
      input.putFloat((float) (noise.nextGaussian() * 0.5));
    }
  }

  /**
   * Loads the network that was made from a published one.
   *
   * @throws IllegalArgumentException if the bundle has no such network
   */
  static TorchNetwork load(Bundle bundle, Network network) {
    Net net =
        bundle.nets().stream()
            .filter(each -> each.provenance().file().endsWith(network.net() + ".onnx"))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("the bundle has no network " + network.net()));
    Model model = Model.newInstance(net.file(), "PyTorch");
    try {
      model.load(bundle.file(net));
    } catch (MalformedModelException | IOException e) {
      throw new IllegalStateException(net.file() + " can't be loaded", e);
    }
    Integer width = network.width();
    Integer height = network.height();
    return new TorchNetwork(
        model,
        new Shape(
            1,
            net.input().colours().channels(),
            height == null ? net.input().height() : height,
            width == null ? net.input().width() : width));
  }

  /** Returns milliseconds of each run, from an input in memory to outputs in Java arrays. */
  List<Double> times(int runs) {
    List<Double> times = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      run();
      times.add((System.nanoTime() - start) / 1e6);
    }
    return times;
  }

  private void run() {
    try (NDManager scope = manager.newSubManager()) {
      input.rewind();
      NDArray array = scope.create(input, shape, DataType.FLOAT32);
      NDList outputs =
          model.getBlock().forward(new ParameterStore(scope, false), new NDList(array), false);
      outputs.forEach(NDArray::toFloatArray);
    }
  }
}
