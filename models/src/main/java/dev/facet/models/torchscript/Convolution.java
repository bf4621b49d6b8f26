package dev.facet.models.torchscript;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 2-D convolution, with the rectifier that follows it.
 *
 * @param weight outputs × inputs per group × height × width
 * @param bias one number an output; null for none
 * @param stride vertical, horizontal
 * @param padding vertical, horizontal
 * @param dilation vertical, horizontal
 * @param groups how many groups the channels fall into
 * @param rectified whether what is below 0 becomes 0
 */
public record Convolution(
    Tensor weight,
    @Nullable Tensor bias,
    List<Long> stride,
    List<Long> padding,
    List<Long> dilation,
    long groups,
    boolean rectified) {

  /** Whether each pixel of the result depends on that one pixel alone. */
  public boolean isPointwise() {
    return groups == 1
        && weight.shape().subList(2, 4).equals(List.of(1L, 1L))
        && stride.equals(List.of(1L, 1L))
        && padding.equals(List.of(0L, 0L));
  }

  /** Whether each channel of the result depends on that one channel alone. */
  public boolean isDepthwise() {
    return groups > 1 && groups == outputs();
  }

  /** Channels that it takes. */
  public long inputs() {
    return weight.shape().get(1) * groups;
  }

  /** Channels of its result. */
  public long outputs() {
    return weight.shape().getFirst();
  }
}
