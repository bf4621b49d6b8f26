package dev.facet.core.vector;

/**
 * How vectors are multiplied.
 *
 * @param dots exactly, to the same bits on every machine
 * @param codes nearly, much faster
 */
public record Kernels(Dots dots, CodeDots codes) {

  /** On the Vector API where this JVM has it ({@code --add-modules jdk.incubator.vector}). */
  public static Kernels fastest() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new Kernels(new VectorDots(), new VectorCodeDots())
        : scalar();
  }

  /** In plain Java. */
  public static Kernels scalar() {
    return new Kernels(new ScalarDots(), new ScalarCodeDots());
  }
}
