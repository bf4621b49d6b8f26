package dev.facet.core.gallery;

/**
 * How vectors are multiplied.
 *
 * @param dots exactly, to the same bits on every machine
 * @param codes nearly, much faster
 */
record Kernels(Dots dots, CodeDots codes) {

  /** On the Vector API where this JVM has it ({@code --add-modules jdk.incubator.vector}). */
  static Kernels fastest() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new Kernels(new VectorDots(), new VectorCodeDots())
        : scalar();
  }

  /** In plain Java. */
  static Kernels scalar() {
    return new Kernels(new ScalarDots(), new ScalarCodeDots());
  }
}
