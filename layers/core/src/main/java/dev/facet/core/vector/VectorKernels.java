package dev.facet.core.vector;

/**
 * The implementations of vector multiplication.
 *
 * @param dots exact products, with the same bits on every machine
 * @param codes products of quantized vectors, much faster
 */
public record VectorKernels(FloatDotProduct dots, Int8DotProduct codes) {

  /**
   * Returns kernels on the Vector API if this JVM has it ({@code --add-modules
   * jdk.incubator.vector}), else scalar ones.
   */
  public static VectorKernels fastest() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new VectorKernels(new VectorFloatDotProduct(), new VectorInt8DotProduct())
        : scalar();
  }

  /** Returns kernels in plain Java. */
  public static VectorKernels scalar() {
    return new VectorKernels(new ScalarFloatDotProduct(), new ScalarInt8DotProduct());
  }
}
