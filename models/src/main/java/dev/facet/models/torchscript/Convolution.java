package dev.facet.models.torchscript;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 2-D convolution with what follows it: its result is limited to an interval, which is how a
 * rectifier is had for nothing.
 *
 * @param weight outputs × inputs per group × height × width
 * @param bias one number an output; null for none
 * @param stride vertical, horizontal
 * @param padding vertical, horizontal
 * @param dilation vertical, horizontal
 * @param groups how many groups the channels fall into
 * @param least lower limit of the result; null for none
 * @param most upper limit of the result; null for none
 */
public record Convolution(
    Tensor weight,
    @Nullable Tensor bias,
    List<Long> stride,
    List<Long> padding,
    List<Long> dilation,
    long groups,
    @Nullable Double least,
    @Nullable Double most) {}
