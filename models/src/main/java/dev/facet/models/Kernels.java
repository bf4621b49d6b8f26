package dev.facet.models;

import dev.facet.models.torchscript.Convolution;
import dev.facet.models.torchscript.ConvolutionKernel;
import dev.facet.models.torchscript.KernelSelector;

/** Selects the kernels of convolutions by the size of a network's input. */
final class Kernels {

  /**
   * Kernels for images that exceed every CPU cache: the number of passes over memory decides, and
   * oneDNN needs the fewest.
   */
  static final KernelSelector UNCACHED = _ -> ConvolutionKernel.ONEDNN;

  private Kernels() {}

  /**
   * Selects kernels for large images. Convolutions bound by memory traffic run on oneDNN, which
   * fuses the rectifier and reads images without changing their memory order.
   */
  static ConvolutionKernel forLargeImages(Convolution convolution) {
    long inputs = convolution.inputChannels();
    if (convolution.isPointwise()) {
      return inputs >= 128 || (inputs >= 32 && convolution.outputChannels() >= 32)
          ? ConvolutionKernel.BLAS
          : ConvolutionKernel.ONEDNN;
    }
    return convolution.isDepthwise() && inputs >= 128
        ? ConvolutionKernel.XNNPACK
        : ConvolutionKernel.ONEDNN;
  }

  /** Selects kernels for small images, where the fixed cost of each call dominates. */
  static ConvolutionKernel forSmallImages(Convolution convolution) {
    if (convolution.isPointwise()) {
      return ConvolutionKernel.BLAS;
    }
    return convolution.isDepthwise() ? ConvolutionKernel.XNNPACK : ConvolutionKernel.ONEDNN;
  }
}
