package dev.facet.models.torchscript;

/**
 * What a module's convolutions run on; PyTorch has both on every CPU. {@code benchmarks/run nets}
 * tells which serves a network better.
 */
public enum Kernels {

  /** Little to do per call: for networks of many small convolutions. */
  XNNPACK,

  /**
   * Kernels compiled for the machine at run time: the faster ones for networks that have something
   * to compute, most of all where there is AVX2 only (XNNPACK's product of matrices spills a
   * register there in PyTorch's build). A call costs some 40 µs beside.
   */
  ONEDNN,

  /**
   * oneDNN, but XNNPACK for convolutions that keep channels apart, which compute little: for small
   * pictures. In large ones it costs more that PyTorch copies whatever XNNPACK takes from others.
   */
  MIXED
}
