package dev.facet.models.torchscript;

/**
 * Selects the kernel of each convolution of a network. {@code benchmarks/run nets} measures which
 * selection is the fastest.
 */
@FunctionalInterface
public interface KernelSelector {

  /** Returns the kernel of a convolution. */
  ConvolutionKernel select(Convolution convolution);
}
