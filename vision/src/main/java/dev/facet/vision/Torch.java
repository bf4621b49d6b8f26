package dev.facet.vision;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.bytedeco.opencv.global.opencv_core;

/** Settings of the native libraries, which hold for the whole process. */
final class Torch {

  /** Parameters of mallopt: glibc's malloc.h. */
  private static final int M_TRIM_THRESHOLD = -1;

  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_MAX = -4;
  private static final int M_ARENA_MAX = -8;

  /** In bytes; glibc's HEAP_MAX_SIZE: a thread's memory comes in pieces of it. */
  private static final int HEAP = 64 << 20;

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
    keepFreedMemory();
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    opencv_core.setNumThreads(1);
  }

  /**
   * Networks take and free some megabytes at each step. The C library's default is to give them
   * back to the kernel and have them cleared page by page when they are taken again, which costs a
   * large picture's detection a third of its time ({@code man 3 mallopt}); a heap that becomes
   * empty is given back as a whole, unless one more is to be left. Kept memory is kept once a core,
   * not once for each thread that ever looked at an image.
   */
  @SuppressWarnings("restricted") // native access is what this class is for
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
