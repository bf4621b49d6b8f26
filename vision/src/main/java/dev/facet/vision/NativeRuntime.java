package dev.facet.vision;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import org.bytedeco.opencv.global.opencv_core;

/**
 * Configures the native libraries for the whole process. glibc's allocator is configured before the
 * JVM starts, by {@code GLIBC_TUNABLES} in the scripts {@code facet} and {@code image/start}.
 */
final class NativeRuntime {

  private NativeRuntime() {}

  /**
   * Starts PyTorch offline and limits it and OpenCV to one thread per image; the cores are used by
   * parallel requests. PyTorch's thread pool would spin, and on busy cores several threads are
   * slower than one.
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
