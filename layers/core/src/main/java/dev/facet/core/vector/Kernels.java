package dev.facet.core.vector;

/**
 * The implementations of vector multiplication.
 *
 * @param dots exact products, with the same bits on every machine
 * @param codes products of quantized vectors, much faster
 */
public record Kernels(Dots dots, CodeDots codes) {

  /**
   * Returns kernels on the Vector API if this JVM has it ({@code --add-modules
   * jdk.incubator.vector}), else scalar ones.
   */
  public static Kernels fastest() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new Kernels(new VectorDots(), new VectorCodeDots())
        : scalar();
  }

  /** Returns kernels in plain Java. */
  public static Kernels scalar() {
    return new Kernels(new ScalarDots(), new ScalarCodeDots());
  }
}
