/** Dot products and int8 codes of vectors: scalar kernels and their Vector API twins. */
@NullMarked
package dev.facet.core.vector;

import org.jspecify.annotations.NullMarked;
