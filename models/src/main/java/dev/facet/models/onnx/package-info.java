/** Reading networks in ONNX form. */
@NullMarked
package dev.facet.models.onnx;

import org.jspecify.annotations.NullMarked;
