/** Benchmarks of speed and accuracy, side by side with peers in one run on one machine. */
@NullMarked
package dev.facet.benchmarks;

import org.jspecify.annotations.NullMarked;
