package dev.facet.models.torchscript;

/**
 * Which kernel each of a network's convolutions runs on. {@code benchmarks/run nets} tells what
 * serves a network best.
 */
@FunctionalInterface
public interface Kernels {

  /** The kernel of a convolution. */
  Kernel of(Convolution convolution);
}
