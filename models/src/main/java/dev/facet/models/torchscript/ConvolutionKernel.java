package dev.facet.models.torchscript;

/** An implementation of convolutions. PyTorch ships all of them for every CPU. */
public enum ConvolutionKernel {

  /**
   * A matrix multiplication by PyTorch's BLAS (MKL; OpenBLAS on ARM), for {@linkplain
   * Convolution#isPointwise pointwise} convolutions only. It is the fastest if each output number
   * is a sum of many products. A call costs a few microseconds.
   */
  BLAS,

  /** oneDNN: kernels compiled for the CPU at run time. A call costs about 40 µs. */
  ONEDNN,

  /**
   * XNNPACK: a call costs little, but PyTorch copies inputs that another kernel computed. Its
   * matrix multiplication is slow on CPUs with AVX2 only, where PyTorch's build of it spills a
   * register.
   */
  XNNPACK
}
