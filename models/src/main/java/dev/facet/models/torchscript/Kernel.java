package dev.facet.models.torchscript;

/** What a convolution can run on; PyTorch has all of them on every CPU. */
public enum Kernel {

  /**
   * The product of two matrices by PyTorch's BLAS (MKL, OpenBLAS on ARM), for {@linkplain
   * Convolution#isPointwise pointwise} convolutions alone: the fastest where there is something to
   * add up for each number of the result, at some microseconds a call.
   */
  BLAS,

  /** Kernels compiled for the machine at run time, at some 40 µs a call. */
  ONEDNN,

  /**
   * Little to do per call, but PyTorch copies whatever it takes from others; its product of
   * matrices is slow where there is AVX2 only, since it spills a register there in PyTorch's build.
   */
  XNNPACK
}
