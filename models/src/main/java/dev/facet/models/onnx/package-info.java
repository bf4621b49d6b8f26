/** Reads ONNX networks. */
@NullMarked
package dev.facet.models.onnx;

import org.jspecify.annotations.NullMarked;
