package dev.facet.models.torchscript;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 2-D convolution, optionally fused with the rectifier (ReLU) that follows it.
 *
 * @param weight output channels × input channels per group × height × width
 * @param bias one number per output channel, or null
 * @param stride vertical, horizontal
 * @param padding vertical, horizontal
 * @param dilation vertical, horizontal
 * @param groups the number of groups of channels
 * @param rectified whether the rectifier sets negative results to 0
 */
public record Convolution(
    FloatTensor weight,
    @Nullable FloatTensor bias,
    List<Long> stride,
    List<Long> padding,
    List<Long> dilation,
    long groups,
    boolean rectified) {

  /** Returns whether each output pixel depends only on the input pixel at the same place. */
  public boolean isPointwise() {
    return groups == 1
        && weight.shape().subList(2, 4).equals(List.of(1L, 1L))
        && stride.equals(List.of(1L, 1L))
        && padding.equals(List.of(0L, 0L));
  }

  /** Returns whether each output channel depends on one input channel only. */
  public boolean isDepthwise() {
    return groups > 1 && groups == outputChannels();
  }

  /** Returns the number of input channels. */
  public long inputChannels() {
    return weight.shape().get(1) * groups;
  }

  /** Returns the number of output channels. */
  public long outputChannels() {
    return weight.shape().getFirst();
  }
}
