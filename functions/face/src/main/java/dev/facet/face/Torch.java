package dev.facet.face;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import org.bytedeco.opencv.global.opencv_core;

/** Settings of the native libraries, which hold for the whole process. */
final class Torch {

  private Torch() {}

  /**
   * One thread an image: parallel requests use the cores. Threads of PyTorch's own would spin, and
   * on busy cores several are slower than one.
   */
  static synchronized void prepare() {
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    if (System.getProperty("ai.djl.pytorch.graph_optimizer") == null) {
      System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    }
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    opencv_core.setNumThreads(1);
  }
}
