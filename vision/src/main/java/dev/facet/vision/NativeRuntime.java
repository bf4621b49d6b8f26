package dev.facet.vision;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.bytedeco.opencv.global.opencv_core;

/** Configures the native libraries for the whole process. */
final class NativeRuntime {

  /** Parameters of {@code mallopt}, from glibc's malloc.h. */
  private static final int M_TRIM_THRESHOLD = -1;

  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_MAX = -4;
  private static final int M_ARENA_MAX = -8;

  /** Size in bytes of the heaps that an arena of glibc consists of: HEAP_MAX_SIZE. */
  private static final int HEAP = 64 << 20;

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
    keepFreedMemory();
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    opencv_core.setNumThreads(1);
  }

  /**
   * Stops glibc from returning freed memory to the kernel ({@code man 3 mallopt}). Networks
   * allocate and free some megabytes at each step. By default glibc returns them, and the kernel
   * clears each page when it is allocated again, which takes a third of the detection time of a
   * large picture. M_TOP_PAD is one heap because glibc unmaps an empty heap as a whole unless that
   * much padding must remain. M_ARENA_MAX limits the retained memory to one arena per core instead
   * of one per thread.
   */
  @SuppressWarnings("restricted") // this class exists for native access
  private static void keepFreedMemory() {
    Linker linker = Linker.nativeLinker();
    linker
        .defaultLookup()
        .find("mallopt")
        .ifPresent(
            address -> {
              MethodHandle mallopt =
                  linker.downcallHandle(
                      address, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
              set(mallopt, M_TRIM_THRESHOLD, 1 << 30);
              set(mallopt, M_TOP_PAD, HEAP);
              set(mallopt, M_MMAP_MAX, 0);
              set(mallopt, M_ARENA_MAX, Runtime.getRuntime().availableProcessors());
            });
  }

  private static void set(MethodHandle mallopt, int parameter, int value) {
    try {
      int done = (int) mallopt.invokeExact(parameter, value);
      assert done == 1 : "mallopt refuses " + parameter;
    } catch (Throwable e) {
      throw new IllegalStateException("mallopt can't be called", e);
    }
  }
}
