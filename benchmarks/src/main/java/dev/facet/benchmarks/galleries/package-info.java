/** Galleries of random vectors, and ways to fill and load them. */
@NullMarked
package dev.facet.benchmarks.galleries;

import org.jspecify.annotations.NullMarked;
