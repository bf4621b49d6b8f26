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
    boolean rectified) {}
